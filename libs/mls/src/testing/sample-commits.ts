import type { PublicMessage } from '../codec/public-message.js';
import type { StoredProposal } from '../group/stored-proposal.js';
import type { ScriptedGroup } from './scripted-group.js';
import { propose, stored, update } from './scripted-proposal.js';

/** What members have proposed: an Update, a Remove and an Add. */
export function sampleProposals(scripted: ScriptedGroup): PublicMessage[] {
  const { keyPackage } = scripted.keyPackage();
  return [
    propose(scripted, 3, update(scripted, 3)),
    propose(scripted, 6, { type: 'remove', removed: 0 }),
    propose(scripted, 4, { type: 'add', keyPackage }),
  ];
}

/** Commits of every kind by several members, and the proposals that some name by reference. */
export function sampleCommits(scripted: ScriptedGroup): {
  readonly commits: PublicMessage[];
  readonly proposals: StoredProposal[];
} {
  const fresh = () => scripted.keyPackage().keyPackage;
  const proposals = sampleProposals(scripted).map((message) => stored(scripted, message));
  const commits = [
    scripted.commit({ committer: 2 }),
    scripted.commit({ committer: 6, remove: [0, 3] }),
    scripted.commit({ committer: 3, add: [fresh(), fresh()], path: false }),
    scripted.commit({ committer: 4, add: [fresh()], remove: [1] }),
    scripted.commit({ committer: 1, extensions: [{ type: 0xf0a0, data: new Uint8Array(40) }] }),
    scripted.commit({ committer: 2, newSigner: scripted.newSigningKey() }),
    scripted.commit({ committer: 2, references: proposals }),
  ];
  return { commits, proposals };
}
