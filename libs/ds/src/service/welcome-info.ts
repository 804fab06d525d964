import type { SignedRequest } from '@phoenix/edge';
import { done, formatUuid, monthNumber, type Outcome, refuse } from '@phoenix/wire';
import type { AwaitedEpoch } from '../domain/awaited-epochs.js';
import { keyOfAwaited } from '../domain/awaited-joiners.js';
import { stateAt } from '../domain/epoch-state.js';
import type { GroupStore } from '../ports/group-store.js';
import type { DsWorld } from './ds-world.js';
import { type LeafKeys, leafKeysOf } from './leaf-keys.js';
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
  readonly memberKeys: readonly LeafKeys[];
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
      const awaiting = this.#awaiting(tree.value.section.awaited, request);
      const key = awaiting[0]?.signatureKey;
      if (key === undefined) return refuse('SIGNATURE_INVALID');
      const authenticated = await request.authenticate(key, formatUuid(input.groupId));
      if (!authenticated.ok) return authenticated;
      const isAwaited = awaiting.some(({ epoch }) => epoch === input.epoch);
      return isAwaited ? infoAt(tree.value, input.epoch) : refuse('NOT_FOUND');
    });
  }

  /** Where the KeyPackage that the request names is awaited: a last-resort one may have been added more than once. */
  #awaiting(epochs: readonly AwaitedEpoch[], { keyId }: SignedRequest): Awaiting[] {
    const ref = Buffer.from(keyId.kind === 'joiner' ? keyId.name : '', 'base64url');
    const month = monthNumber(this.world.clock.now());
    return epochs.flatMap(({ epoch, expiryMonth, joiners }) => {
      const signatureKey = expiryMonth >= month ? keyOfAwaited(joiners, ref) : undefined;
      return signatureKey === undefined ? [] : [{ epoch, signatureKey }];
    });
  }
}

interface Awaiting {
  readonly epoch: bigint;
  readonly signatureKey: Uint8Array;
}

function infoAt({ group, section }: OpenedTree, epoch: bigint): Outcome<WelcomeInfoResult> {
  const state = stateAt(group.tree, section.memberKeys, section.awaited, epoch);
  if (state === undefined) return refuse('DAMAGED');
  return done({ ratchetTree: state.ratchetTree, memberKeys: leafKeysOf(state.memberKeys) });
}
