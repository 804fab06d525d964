import {
  mlsMessageCodec,
  type Proposal,
  type PublicMessage,
  type StoredProposal,
  verifyProposal,
} from '@phoenix/mls';
import { decode, encode } from '@phoenix/wire';
import type { ScriptedMembers } from './scripted-members.js';

/** A proposal that a member makes by itself, as an MLSMessage; by default the Remove of its own leaf. */
export function makeProposal(
  group: ScriptedMembers,
  sender: number,
  proposal: Proposal = { type: 'remove', removed: sender },
  authenticatedData = new Uint8Array(0),
): Uint8Array {
  const { groupId, epoch } = group.scripted.group;
  const publicMessage: PublicMessage = group.scripted.signContent(group.member(sender).signer, {
    groupId,
    epoch,
    sender: { type: 'member', leafIndex: sender },
    authenticatedData,
    body: { type: 'proposal', proposal },
  });
  return encode(mlsMessageCodec, { type: 'publicMessage', publicMessage });
}

/** Of these MLSMessages, the proposals that hold in the group's epoch: what its next commit may name. */
export function verified(group: ScriptedMembers, messages: readonly Uint8Array[]): StoredProposal[] {
  const { crypto, clock } = group.ds;
  return messages.flatMap((bytes) => {
    const message = decode(mlsMessageCodec, bytes);
    if (message.type !== 'publicMessage') return [];
    const context = { crypto: crypto.mls, now: Math.floor(clock.now() / 1000) };
    const checked = verifyProposal(group.scripted.group, message.publicMessage, context);
    return checked.ok ? [checked.value] : [];
  });
}
