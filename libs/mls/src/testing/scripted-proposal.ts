import type { Proposal } from '../codec/proposal.js';
import type { PublicMessage } from '../codec/public-message.js';
import type { Sender } from '../codec/sender.js';
import type { StoredProposal } from '../group/stored-proposal.js';
import { verifyProposal } from '../group/verify-proposal.js';
import type { Checked } from '../validation/checked.js';
import { forgedLeaf } from './forged-group.js';
import { received, type ScriptedGroup } from './scripted-group.js';
import type { SigningKey } from './signing-key.js';

/** A proposal sent by itself for the current epoch; by a member unless it says otherwise. */
export function propose(
  scripted: ScriptedGroup,
  from: number | Exclude<Sender, { type: 'member' }>,
  proposal: Proposal,
  signer?: SigningKey,
): PublicMessage {
  const sender: Sender = typeof from === 'number' ? { type: 'member', leafIndex: from } : from;
  const key = signer ?? (sender.type === 'member' ? scripted.signers.get(sender.leafIndex) : undefined);
  const { groupId, epoch } = scripted.group;
  const authenticatedData = new Uint8Array(0);
  const content = {
    groupId,
    epoch,
    sender,
    authenticatedData,
    body: { type: 'proposal', proposal },
  } as const;
  return scripted.signContent(key!, content);
}

/** A member's Update of its own leaf, with a new encryption key and what else is given. */
export function update(
  scripted: ScriptedGroup,
  leafIndex: number,
  change: Partial<Parameters<typeof forgedLeaf>[2]> = {},
): Proposal {
  const fields = { encryptionKey: scripted.random.bytes(32), source: { type: 'update' } as const, ...change };
  return { type: 'update', leafNode: forgedLeaf(scripted, leafIndex, fields) };
}

export function verify(scripted: ScriptedGroup, message: PublicMessage): Checked<StoredProposal> {
  const { crypto, now } = scripted;
  return verifyProposal(scripted.group, received(message), { crypto, now });
}

/** A proposal that must hold. */
export function stored(scripted: ScriptedGroup, message: PublicMessage): StoredProposal {
  const checked = verify(scripted, message);
  if (!checked.ok) throw new Error(`refused: ${checked.rule}`);
  return checked.value;
}
