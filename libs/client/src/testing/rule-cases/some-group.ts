import { encode, memberKeySet } from '@phoenix/wire';
import type { Account } from '../../account/account.js';
import { wrapMemberKeys } from '../../credentials/member-key-set.js';
import { createConnectionGroup } from '../../groups/connection-group.js';
import type { LiveGroup } from '../../groups/session.js';
import type { OwnLeaf } from '../../packages/own-leaf.js';
import type { ExternalCommitInfo } from '../../services/ds-operations.js';
import { crypto, mustHold } from './home-domain.js';
import { type HomeClient, ScriptedHome } from './scripted-home.js';

/** An open group of its host alone. */
export interface SomeGroup {
  readonly home: ScriptedHome;
  readonly host: HomeClient;
  readonly live: LiveGroup;
  readonly offer: Uint8Array;
  /** The encoded MemberKeySets that the DS has, by leaf. */
  readonly keySets: Map<number, Uint8Array>;
}

export async function someGroup(): Promise<SomeGroup> {
  const home = new ScriptedHome();
  const host = await home.client();
  const { group, offer } = mustHold(await createConnectionGroup(host.session, host.account));
  const live = (await host.session.group(group))!;
  const keySets = new Map([[0, keySetOf(live, host.account, live.record.leaf)]]);
  home.tell = () => toldOf(live, keySets);
  return { home, host, live, offer, keySets };
}

/** What the DS tells of a group as it is now. */
export async function toldOf(
  { mls }: LiveGroup,
  memberKeys: ReadonlyMap<number, Uint8Array>,
): Promise<ExternalCommitInfo> {
  return { groupInfo: await mls.groupInfo(), ratchetTree: mls.ratchetTree(), memberKeys };
}

/** The encoded MemberKeySet of a client's leaf in a group. */
export function keySetOf({ mls, record }: LiveGroup, { friendship }: Account, leaf: OwnLeaf): Uint8Array {
  const owner = { groupId: mls.groupId, pseudonym: leaf.pseudonym };
  const keys = { linkKey: leaf.linkKey, profileKey: friendship.profileKey };
  return encode(memberKeySet, wrapMemberKeys(crypto, record.keys, owner, keys));
}
