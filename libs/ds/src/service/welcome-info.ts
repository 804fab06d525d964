import type { SignedRequest } from '@phoenix/edge';
import { done, equal, formatUuid, monthNumber, type Outcome, refuse } from '@phoenix/wire';
import type { AwaitedJoiner } from '../domain/awaited-joiner.js';
import { stateAt } from '../domain/past-epochs.js';
import type { GroupStore } from '../ports/group-store.js';
import type { DsWorld } from './ds-world.js';
import { type OpenedTree, openRoster, openTree } from './open-group.js';
import { type GroupAccess, underEarKey } from './under-ear-key.js';

/** The epoch that a Welcome is for. */
export interface WelcomeInfoInput extends GroupAccess {
  readonly epoch: bigint;
}

/** Tree and key sets of a joiner's epoch. */
export interface WelcomeInfoResult {
  /** `optional<Node> ratchet_tree<V>` (RFC 9420 §12.4.3.3). */
  readonly ratchetTree: Uint8Array;
  /** An encoded MemberKeySet for each occupied leaf. */
  readonly memberKeys: readonly { readonly leaf: number; readonly keys: Uint8Array }[];
}

/** Gives an awaited joiner what its Welcome leaves out, also when the group has moved on (docs/protocol §7). */
export class WelcomeInfo {
  constructor(
    private readonly store: GroupStore,
    private readonly world: DsWorld,
  ) {}

  execute(input: WelcomeInfoInput, request: SignedRequest): Promise<Outcome<WelcomeInfoResult>> {
    return underEarKey(this.world, input, async (cipher) => {
      const row = await this.store.load(input.groupId);
      const roster = openRoster(cipher, row);
      if (!roster.ok || row === undefined) return roster.ok ? refuse('NOT_FOUND') : roster;
      const tree = openTree(cipher, roster.value, row);
      if (!tree.ok) return tree;
      const joiners = this.#joiners(tree.value.section.joiners, request);
      const [joiner] = joiners;
      if (joiner === undefined) return refuse('SIGNATURE_INVALID');
      const authenticated = await request.authenticate(joiner.signatureKey, formatUuid(input.groupId));
      if (!authenticated.ok) return authenticated;
      const isAwaited = joiners.some(({ epoch }) => epoch === input.epoch);
      return isAwaited ? infoAt(tree.value, input.epoch) : refuse('NOT_FOUND');
    });
  }

  /** The entries of the KeyPackage that the request names: a last-resort one may have been added more than once. */
  #joiners(joiners: readonly AwaitedJoiner[], { keyId }: SignedRequest): AwaitedJoiner[] {
    const ref = Buffer.from(keyId.kind === 'joiner' ? keyId.name : '', 'base64url');
    const month = monthNumber(this.world.clock.now());
    return joiners.filter((joiner) => equal(joiner.ref, ref) && joiner.expiryMonth >= month);
  }
}

function infoAt({ group, section }: OpenedTree, epoch: bigint): Outcome<WelcomeInfoResult> {
  const present = { epoch: group.epoch, tree: group.tree, memberKeys: section.memberKeys };
  const state = stateAt(present, section.pastEpochs, epoch);
  if (state === undefined) return refuse('DAMAGED');
  const memberKeys = state.memberKeys.flatMap((keys, leaf) =>
    // Copied: the section that this is a view into is wiped before the answer leaves.
    keys === undefined ? [] : [{ leaf, keys: Uint8Array.from(keys) }],
  );
  return done({ ratchetTree: state.ratchetTree, memberKeys });
}
