import {
  decode,
  done,
  equal,
  EXTENSION_GROUP_KEYS,
  formatBase64Url,
  formatUserId,
  formatUuid,
  groupKeys,
  type GroupKeys,
  type Outcome,
  refuse,
  tryDecode,
  type WelcomeBundle,
} from '@phoenix/wire';
import type { Account } from '../account/account.js';
import { remember } from '../contacts/known-keys.js';
import { invalidCredential } from '../credentials/credential-rule.js';
import { hex } from '../credentials/fingerprint.js';
import type { ClientEvent } from '../messages/client-event.js';
import { type OwnPackage, PACKAGE } from '../packages/own-package.js';
import { type WelcomeInfo, welcomeInfo } from '../services/ds-operations.js';
import { verifyAttribution } from './attribute-welcome.js';
import { noteStaleProfile } from './change-profile-key.js';
import { ENTRANCE } from './entrance.js';
import { hasUniquePseudonyms } from './follow-members.js';
import { hasAdmin } from './follow-policy.js';
import { formatGroupName, mlsGroupIdOf } from './group-name.js';
import { isAstray, isPresent } from './presence.js';
import type { Session } from './session.js';
import { verifyMembers } from './verify-members.js';

/** A Welcome that one of our packages opens, and what its GroupInfo says. */
interface OpenedWelcome {
  readonly own: OwnPackage;
  readonly keys: GroupKeys;
  readonly epoch: bigint;
}

/**
 * Joins a group by a WelcomeBundle from the queue: the group's keys from the Welcome, then tree and key sets of its epoch from the
 * DS, then every member's leaf and the inviter are verified. Nothing changes unless all of it holds. Source: docs/protocol §3, §7.
 */
export async function joinGroup(
  session: Session,
  account: Account,
  bundle: WelcomeBundle,
): Promise<Outcome<ClientEvent[]>> {
  const { work } = session;
  const name = formatGroupName(bundle.groupId);
  const former = await session.group(name);
  // Out of sync, we may have missed that we were removed before.
  const isIn = former !== undefined && isPresent(former) && !isAstray(former);
  if (isIn) return refuse('ALREADY_EXISTS');
  // Until there is federation our own DS is the only one that we speak to.
  if (bundle.groupId.domain !== session.context.domain)
    return refuse('NOT_FOUND', { rule: 'client.group.domain' });
  const opened = await openWelcome(session, bundle);
  if (!opened.ok) return opened;
  const { own, keys, epoch } = opened.value;
  // A last resort opens old Welcomes for as long as it lives: whoever kept one would lead us back.
  if (former !== undefined && epoch <= former.mls.epoch) return invalidCredential('client.welcome.epoch');
  const info = await fetchInfo(session, bundle, opened.value);
  if (!info.ok) return info;
  const mls = await session.context.engine.joinGroup(bundle.welcome, own, info.value.ratchetTree);
  if (mls === undefined || mls.epoch !== epoch)
    return refuse('INVALID_GROUP', { rule: 'client.welcome.join' });
  const group = { id: bundle.groupId, keys };
  const members = await verifyMembers(session, group, mls.members(), info.value.memberKeys);
  if (!members.ok) return members;
  if (!hasUniquePseudonyms(members.value)) return invalidCredential('client.leaf.pseudonym');
  const { attributionKey } = account.friendship;
  const attributed = { id: bundle.groupId, welcome: bundle.welcome, attribution: bundle.attribution };
  if (!hasAdmin(mls, members.value)) return invalidCredential('client.policy.admin');
  const inviter = verifyAttribution(session.context.crypto, attributed, attributionKey, members.value);
  if (!inviter.ok) return inviter;
  for (const { clientId, credentialKey } of members.value) await remember(work, clientId, credentialKey);
  if (own.lastResort === 0) work.delete(PACKAGE, hex(own.ref));
  const record = {
    id: bundle.groupId,
    keys,
    status: 'active' as const,
    leaf: own.leaf,
    nextLeaf: undefined,
    rotateFirst: own.lastResort,
    members: members.value,
    pending: undefined,
    open: undefined,
    leaving: 0,
    ticket: former?.record.ticket,
    read: former?.record.read ?? [],
    mls: new Uint8Array(),
  };
  noteStaleProfile(session, session.adopt({ name, record, mls }), account);
  work.delete(ENTRANCE, name);
  return done([{ kind: 'joined', group: name, inviter: formatUserId(inviter.value.clientId.user) }]);
}

async function openWelcome(
  { context, work }: Session,
  bundle: WelcomeBundle,
): Promise<Outcome<OpenedWelcome>> {
  for (const ref of context.engine.welcomeRecipients(bundle.welcome) ?? []) {
    const own = await work.get(PACKAGE, hex(ref));
    if (own === undefined) continue;
    const contents = await context.engine.openWelcome(bundle.welcome, own);
    if (contents === undefined) continue;
    const data = contents.extensions.find(({ type }) => type === EXTENSION_GROUP_KEYS)?.data;
    const keys = data && tryDecode(() => decode(groupKeys, data));
    const isHere = equal(contents.groupId, mlsGroupIdOf(bundle.groupId));
    if (keys === undefined || !isHere) return refuse('INVALID_GROUP', { rule: 'client.welcome.keys' });
    return done({ own, keys, epoch: contents.epoch });
  }
  return refuse('NOT_FOUND', { rule: 'client.welcome.package' });
}

/** Signed with the key of the package's leaf, which the DS awaits since the Add. */
function fetchInfo(
  { context }: Session,
  { groupId }: WelcomeBundle,
  { own, keys, epoch }: OpenedWelcome,
): Promise<Outcome<WelcomeInfo>> {
  const keyId = { kind: 'joiner', name: formatBase64Url(own.ref) } as const;
  const { privateKey } = own.leaf.signatureKeys;
  const input = { groupId: formatUuid(groupId.uuid), earKey: keys.earKey, epoch };
  return context.ds.call(welcomeInfo, input, { keyId, privateKey });
}
