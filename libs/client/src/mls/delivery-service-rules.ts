import type { LeafNode, Proposal, StagedExternalCommit } from '@phoenix/mls';
import { decode, equal, leafCredential, tryDecode } from '@phoenix/wire';

/** What a delivery service takes in commits (docs/protocol §7): no Updates, no PSKs, no ReInit. */
const COMMITTED: readonly Proposal['type'][] = ['add', 'remove', 'group_context_extensions', 'external_init'];

/** Whether a commit holds only such proposals as a delivery service takes. */
export function areTaken(proposals: readonly Proposal[]): boolean {
  return proposals.every(({ type }) => COMMITTED.includes(type));
}

/** Whether someone who replaces a leaf comes back under its pseudonym; whose that is, the identity link says (docs/protocol §3, §7). */
export function keepsPseudonym({ leaf, replaced }: StagedExternalCommit): boolean {
  if (replaced === undefined) return true;
  const [before, after] = [pseudonymOf(replaced.leaf), pseudonymOf(leaf)];
  return before !== undefined && after !== undefined && equal(before, after);
}

function pseudonymOf({ credential }: LeafNode): Uint8Array | undefined {
  if (credential.type !== 'basic') return undefined;
  return tryDecode(() => decode(leafCredential, credential.identity))?.pseudonym;
}
