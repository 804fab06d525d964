import type { PhoenixCrypto } from '@phoenix/crypto';
import {
  keyPackageCodec,
  keyPackageRef,
  MLS_128_DHKEMX25519_AES128GCM_SHA256_ED25519,
  mlsMessageCodec,
  type UnverifiedKeyPackage,
  verifyKeyPackage,
} from '@phoenix/mls';
import {
  addPackage,
  type AddPackage,
  decode,
  done,
  encode,
  equal,
  isLeafValidity,
  type Outcome,
  refuse,
  tryDecode,
  userId,
} from '@phoenix/wire';
import { invalidCredential } from '../credentials/credential-rule.js';
import { verifyLeafCredential, type VerifiedLeaf } from '../credentials/leaf-credential.js';
import type { Judgement } from '../credentials/verify-client-credential.js';
import type { Contact } from './contact.js';
import { agreesWith, type KnownKeys } from './known-keys.js';

/** Someone about to be added: a package whose link, chain and owner were verified. */
export interface Invitee {
  readonly contact: Contact;
  /** The bare KeyPackage. */
  readonly keyPackage: Uint8Array;
  readonly linkKey: Uint8Array;
  readonly leaf: VerifiedLeaf;
}

/**
 * Verifies a fetched AddPackage before it is used (docs/protocol §3): MLS rules, link key, link, chain, and that it is the
 * contact's whom we asked for, under the key we know. A QS that hands out someone else's package is found out here.
 * Refuses with INVALID_KEY_PACKAGE or INVALID_CREDENTIAL.
 */
export function verifyAddPackage(
  crypto: PhoenixCrypto,
  contact: Contact,
  fetched: Uint8Array,
  judgement: Judgement & { readonly knownKeys: KnownKeys },
): Outcome<Invitee> {
  const outer = tryDecode(() => decode(addPackage, fetched));
  if (outer === undefined) return invalidPackage('encoding');
  const keyPackage = keyPackageOf(outer);
  if (keyPackage?.leafNode.credential.type !== 'basic') return invalidPackage('encoding');
  const now = Math.floor(judgement.nowMs / 1000);
  const cipherSuite = MLS_128_DHKEMX25519_AES128GCM_SHA256_ED25519;
  const checked = verifyKeyPackage(keyPackage, { crypto: crypto.mls, cipherSuite, now });
  if (!checked.ok) return refuse('INVALID_KEY_PACKAGE', { rule: checked.rule });
  const { leafNode } = checked.value;
  if (leafNode.source.type !== 'key_package' || !isLeafValidity(leafNode.source.lifetime))
    return invalidPackage('lifetime');
  const ref = keyPackageRef(crypto.mls, keyPackage);
  const linkKey = crypto.decrypt(contact.keys.addPackageKey, ref, outer.encryptedLinkKey);
  if (linkKey?.length !== 32) return invalidCredential('client.link.open');
  const { identity } = keyPackage.leafNode.credential;
  const leaf = verifyLeafCredential(crypto, { ...leafNode, identity, linkKey }, judgement);
  if (!leaf.ok) return leaf;
  if (!belongsTo(contact, judgement.knownKeys, leaf.value))
    return invalidCredential('client.contact.identity');
  return done({ contact, keyPackage: encode(keyPackageCodec, keyPackage), linkKey, leaf: leaf.value });
}

/** The user we asked for, under a credential key we know it by, if we met it before. */
function belongsTo(contact: Contact, known: KnownKeys, { credential }: VerifiedLeaf): boolean {
  const { clientId, publicKey } = credential.payload;
  return (
    equal(encode(userId, clientId.user), encode(userId, contact.userId)) &&
    agreesWith(known, clientId, publicKey)
  );
}

function keyPackageOf(outer: AddPackage): UnverifiedKeyPackage | undefined {
  const message = tryDecode(() => decode(mlsMessageCodec, outer.keyPackage));
  return message?.type === 'keyPackage' ? message.keyPackage : undefined;
}

/** The refusal of what was fetched for a contact: no package, none of the right lifetime, or a second one of a client. */
export function invalidPackage(rule: 'encoding' | 'lifetime' | 'client'): Outcome<never> {
  return refuse('INVALID_KEY_PACKAGE', { rule: `client.add-package.${rule}` });
}
