import type { Commit } from '../codec/commit.js';
import type { Proposal } from '../codec/proposal.js';
import type { ProposalOrRef } from '../codec/proposal-or-ref.js';
import type { PublicMessage } from '../codec/public-message.js';
import type { UpdatePath } from '../codec/update-path.js';
import { processExternalCommit, type StagedExternalCommit } from '../group/process-external-commit.js';
import type { Checked } from '../validation/checked.js';
import type { KeyPackageFields } from './build-key-package.js';
import { buildPath } from './build-path.js';
import { received, type ScriptedGroup } from './scripted-group.js';
import type { SigningKey } from './signing-key.js';

/** What somebody from outside commits. */
export interface ScriptedExternalCommit {
  /** The leaf that the joiner had before. */
  readonly replace?: number;
  /** Besides ExternalInit and Remove. */
  readonly proposals?: readonly ProposalOrRef[];
  /** Instead of one ExternalInit. */
  readonly inits?: readonly Proposal[];
  readonly leaf?: KeyPackageFields;
  readonly alter?: (path: UpdatePath) => UpdatePath;
  readonly path?: boolean;
}

/** A commit from outside, signed by the joiner, and the joiner's key. */
export function externalCommit(
  scripted: ScriptedGroup,
  script: ScriptedExternalCommit = {},
): { readonly message: PublicMessage; readonly signer: SigningKey } {
  const { group, crypto, random } = scripted;
  const { keyPackage, signer } = scripted.keyPackage(script.leaf);
  const remove = script.replace === undefined ? [] : [script.replace];
  const changes = { committer: undefined, add: [], update: [], remove };
  const path = buildPath({ group, crypto, random, signer, leaf: keyPackage.leafNode, ...changes });
  const inits = script.inits ?? [{ type: 'external_init', kemOutput: random.bytes(32) }];
  const removes = remove.map((removed) => ({ type: 'remove', removed }) as const);
  const byValue = [...inits, ...removes].map((proposal) => ({ type: 'proposal', proposal }) as const);
  const commit = {
    proposals: [...byValue, ...(script.proposals ?? [])],
    path: script.path === false ? undefined : (script.alter ?? ((same) => same))(path),
  };
  return { message: signExternal(scripted, signer, commit), signer };
}

/** Any commit, signed by whoever joins with it. */
export function signExternal(scripted: ScriptedGroup, signer: SigningKey, commit: Commit): PublicMessage {
  return scripted.signContent(signer, {
    groupId: scripted.group.groupId,
    epoch: scripted.group.epoch,
    sender: { type: 'new_member_commit' },
    authenticatedData: new Uint8Array(0),
    body: { type: 'commit', commit },
  });
}

export function processExternal(
  scripted: ScriptedGroup,
  message: PublicMessage,
  maxLeaves = 8192,
): Checked<StagedExternalCommit> {
  const { group, crypto, now } = scripted;
  return processExternalCommit(group, received(message), { crypto, now, maxLeaves });
}

/** Makes an external commit that must hold, and follows it. */
export function join(scripted: ScriptedGroup, script?: ScriptedExternalCommit): StagedExternalCommit {
  const { message, signer } = externalCommit(scripted, script);
  const staged = processExternal(scripted, message);
  if (!staged.ok) throw new Error(`refused: ${staged.rule}`);
  const { group, joiner, replaced } = staged.value;
  scripted.group = group;
  if (replaced !== undefined) scripted.signers.delete(replaced.leafIndex);
  scripted.signers.set(joiner, signer);
  return staged.value;
}
