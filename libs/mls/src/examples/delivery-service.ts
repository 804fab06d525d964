import { decode } from '@phoenix/wire';
import {
  type Checked,
  createPublicGroup,
  decodePublicGroup,
  decodeRatchetTree,
  decodeStoredProposal,
  encodePublicGroup,
  encodeStoredProposal,
  groupInfoCodec,
  type GroupInfoUpdate,
  type MlsCrypto,
  mlsMessageCodec,
  processCommit,
  processExternalCommit,
  type PublicGroup,
  type PublicMessage,
  type StoredProposal,
  verifyProposal,
  withGroupInfoUpdate,
} from '../index.js';

const MAX_LEAVES = 1024;

/** All that a delivery service keeps of a group. The bytes belong into an authenticated, encrypted store. */
export interface StoredGroup {
  readonly state: Uint8Array;
  /** The proposals of the current epoch. */
  readonly proposals: readonly Uint8Array[];
}

/** A new group, from what its creator uploads. @throws DecodeError */
export function create(
  groupInfo: Uint8Array,
  ratchetTree: Uint8Array,
  crypto: MlsCrypto,
): Checked<StoredGroup> {
  const tree = decodeRatchetTree(ratchetTree, MAX_LEAVES);
  const group = createPublicGroup(decode(groupInfoCodec, groupInfo), tree, { crypto, cipherSuites: [1] });
  return group.ok ? { ok: true, value: { state: encodePublicGroup(group.value), proposals: [] } } : group;
}

/** A proposal waits for the commit that names it. @throws DecodeError */
export function takeProposal(
  { state, proposals }: StoredGroup,
  message: Uint8Array,
  crypto: MlsCrypto,
  now: number,
): Checked<StoredGroup> {
  const checked = verifyProposal(decodePublicGroup(state), publicMessage(message), { crypto, now });
  if (!checked.ok) return checked;
  return { ok: true, value: { state, proposals: [...proposals, encodeStoredProposal(checked.value)] } };
}

/** A commit with the new epoch's GroupInfo, as its committer signed it. @throws DecodeError */
export function takeCommit(
  stored: StoredGroup,
  message: Uint8Array,
  update: GroupInfoUpdate,
  crypto: MlsCrypto,
  now: number,
): Checked<StoredGroup> {
  const group = decodePublicGroup(stored.state);
  const proposals = stored.proposals.map(decodeStoredProposal);
  const next = follow(group, publicMessage(message), proposals, crypto, now);
  if (!next.ok) return next;
  const complete = withGroupInfoUpdate(next.value.group, next.value.signer, update, crypto);
  // A commit ends the epoch, and with it all that was proposed in it.
  return complete.ok
    ? { ok: true, value: { state: encodePublicGroup(complete.value), proposals: [] } }
    : complete;
}

/** Members and those who join by themselves commit in different ways, and a service may allow one and not the other. */
function follow(
  group: PublicGroup,
  message: PublicMessage,
  proposals: readonly StoredProposal[],
  crypto: MlsCrypto,
  now: number,
): Checked<{ group: PublicGroup; signer: number }> {
  const context = { crypto, now, maxLeaves: MAX_LEAVES };
  if (message.content.sender.type === 'new_member_commit') {
    const joined = processExternalCommit(group, message, context);
    return joined.ok
      ? { ok: true, value: { group: joined.value.group, signer: joined.value.joiner } }
      : joined;
  }
  const staged = processCommit(group, message, { ...context, proposals });
  return staged.ok
    ? { ok: true, value: { group: staged.value.group, signer: staged.value.committer } }
    : staged;
}

function publicMessage(bytes: Uint8Array): PublicMessage {
  const message = decode(mlsMessageCodec, bytes);
  if (message.type !== 'publicMessage') throw new TypeError('handshakes travel as PublicMessage here');
  return message.publicMessage;
}
