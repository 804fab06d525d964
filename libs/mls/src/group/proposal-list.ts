import { encode } from '@phoenix/wire';
import type { Extension } from '../codec/extension.js';
import type { UnverifiedKeyPackage } from '../codec/key-package.js';
import type { LeafNode } from '../codec/leaf-node.js';
import { type PreSharedKeyId, preSharedKeyIdCodec } from '../codec/pre-shared-key-id.js';
import type { Proposal } from '../codec/proposal.js';
import type { ReInit } from '../codec/re-init.js';
import { accept, type Checked, refuse } from '../validation/checked.js';
import type { RuleId } from '../validation/rules.js';
import { textKey } from '../validation/text-key.js';
import { checkProposal } from './check-proposal.js';
import type { CommittedProposal } from './committed-proposals.js';
import type { PublicGroup } from './public-group.js';

/** A leaf and its place. */
export interface PlacedLeaf {
  readonly leafIndex: number;
  readonly leaf: LeafNode;
}

/** A member's proposals, sorted by what they do, in the order they came. */
export interface ProposalList {
  readonly adds: readonly UnverifiedKeyPackage[];
  readonly updates: readonly PlacedLeaf[];
  readonly removes: readonly number[];
  readonly groupContextExtensions: Extension[] | undefined;
  readonly reInit: ReInit | undefined;
}

const NEEDS_PATH: readonly Proposal['type'][] = ['update', 'remove', 'group_context_extensions'];

/** Checks a member's proposal list by itself and against the group (RFC 9420 §12.1, §12.2, §12.4). */
export function checkProposalList(
  group: PublicGroup,
  proposals: readonly CommittedProposal[],
  committer: number,
  hasPath: boolean,
): Checked<ProposalList> {
  const list = new SortedProposals(group, committer);
  for (const proposal of proposals) {
    const rule = list.take(proposal);
    if (rule !== undefined) return refuse(rule);
  }
  const types = proposals.map(({ proposal }) => proposal.type);
  if (list.reInit !== undefined && types.length > 1) return refuse('mls.12.2-reinit-alone');
  const needsPath = types.length === 0 || types.some((type) => NEEDS_PATH.includes(type));
  return needsPath && !hasPath ? refuse('mls.12.4-path-required') : accept(list);
}

/** Takes a list's proposals one by one, each held against those before it. */
class SortedProposals implements ProposalList {
  readonly adds: UnverifiedKeyPackage[] = [];
  readonly updates: PlacedLeaf[] = [];
  readonly removes: number[] = [];
  groupContextExtensions: Extension[] | undefined;
  reInit: ReInit | undefined;
  readonly #leaves = new Set<number>();
  readonly #psks = new Set<string>();

  constructor(
    private readonly group: PublicGroup,
    private readonly committer: number,
  ) {}

  /** The rule that the proposal breaks. */
  take({ proposal, sender }: CommittedProposal): RuleId | undefined {
    if (proposal.type === 'external_init') return 'mls.12.2-external-init';
    if (proposal.type === 'add') {
      this.adds.push(proposal.keyPackage);
      return undefined;
    }
    if (proposal.type === 'update')
      // Only members' Updates are verified, and by value the sender is the committer.
      return sender.type === 'member' ? this.#update(sender.leafIndex, proposal.leafNode) : 'mls.6-sender';
    if (proposal.type === 'remove' && proposal.removed === this.committer) return 'mls.12.2-remove-committer';
    return checkProposal(this.group, proposal) ?? this.#once(proposal);
  }

  #update(leafIndex: number, leaf: LeafNode): RuleId | undefined {
    if (leafIndex === this.committer) return 'mls.12.2-update-by-committer';
    this.updates.push({ leafIndex, leaf });
    return this.#changes(leafIndex);
  }

  /** Whatever a list may hold once: a leaf's change, a PSK, the context's extensions. */
  #once(proposal: Exclude<Proposal, { type: 'add' | 'update' | 'external_init' }>): RuleId | undefined {
    switch (proposal.type) {
      case 'remove':
        this.removes.push(proposal.removed);
        return this.#changes(proposal.removed);
      case 'psk':
        return this.#names(pskKey(proposal.psk));
      case 'reinit':
        this.reInit = proposal.reInit;
        return undefined;
      case 'group_context_extensions':
        if (this.groupContextExtensions !== undefined) return 'mls.12.2-group-context-extensions';
        this.groupContextExtensions = proposal.extensions;
        return undefined;
    }
  }

  #names(psk: string): RuleId | undefined {
    if (this.#psks.has(psk)) return 'mls.12.2-psk-twice';
    this.#psks.add(psk);
    return undefined;
  }

  #changes(leafIndex: number): RuleId | undefined {
    if (this.#leaves.has(leafIndex)) return 'mls.12.2-same-leaf';
    this.#leaves.add(leafIndex);
    return undefined;
  }
}

/** What a PreSharedKeyID is known by. */
export function pskKey(psk: PreSharedKeyId): string {
  return textKey(encode(preSharedKeyIdCodec, psk));
}
