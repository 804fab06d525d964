import type { PhoenixCrypto } from '@phoenix/crypto';
import {
  clientId,
  decode,
  done,
  encode,
  equal,
  type GroupId,
  groupId,
  LABELS,
  type Outcome,
  tryDecode,
  welcomeAttributionInfo,
  welcomeAttributionInfoTbs,
} from '@phoenix/wire';
import type { Account } from '../account/account.js';
import { invalidCredential } from '../credentials/credential-rule.js';
import type { MemberRecord } from './group-record.js';

/** Says to one invitee alone who sends it this Welcome: sealed under its attribution key, for this group (docs/protocol §3). */
export function attributeWelcome(
  crypto: PhoenixCrypto,
  account: Account,
  { id, welcome }: { readonly id: GroupId; readonly welcome: Uint8Array },
  attributionKey: Uint8Array,
): Uint8Array {
  const sender = account.credential.payload.clientId;
  const tbs = { sender, groupId: id, welcomeHash: crypto.sha256(welcome) };
  const signed = encode(welcomeAttributionInfoTbs, tbs);
  const signature = crypto.signWithLabel(account.credentialKey, LABELS.welcomeAttributionInfo, signed);
  const info = encode(welcomeAttributionInfo, { ...tbs, signature });
  return crypto.encrypt(attributionKey, encode(groupId, id), info);
}

/** A Welcome as it arrived. */
export interface AttributedWelcome {
  readonly id: GroupId;
  readonly welcome: Uint8Array;
  readonly attribution: Uint8Array;
}

/**
 * Who sent us a Welcome: someone who has our attribution key, is a verified member of the group, and signed for this very Welcome.
 * Refuses with INVALID_CREDENTIAL.
 */
export function verifyAttribution(
  crypto: PhoenixCrypto,
  { id, welcome, attribution }: AttributedWelcome,
  attributionKey: Uint8Array,
  members: readonly MemberRecord[],
): Outcome<MemberRecord> {
  const opened = crypto.decrypt(attributionKey, encode(groupId, id), attribution);
  const info = opened && tryDecode(() => decode(welcomeAttributionInfo, opened));
  if (info === undefined) return invalidCredential('client.attribution.open');
  const isHere = equal(encode(groupId, info.groupId), encode(groupId, id));
  if (!isHere || !equal(info.welcomeHash, crypto.sha256(welcome)))
    return invalidCredential('client.attribution.welcome');
  const name = encode(clientId, info.sender);
  const sender = members.find((member) => equal(encode(clientId, member.clientId), name));
  if (sender === undefined) return invalidCredential('client.attribution.sender');
  const signed = encode(welcomeAttributionInfoTbs, info);
  const { welcomeAttributionInfo: label } = LABELS;
  return crypto.verifyWithLabel(sender.credentialKey, label, signed, info.signature)
    ? done(sender)
    : invalidCredential('client.attribution.signature');
}
