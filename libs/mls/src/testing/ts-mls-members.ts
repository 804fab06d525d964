import { utf8 } from '@phoenix/wire';
import {
  acceptAll,
  type CiphersuiteImpl,
  type ClientState,
  createCommit,
  createGroup,
  createGroupInfoWithExternalPub,
  createGroupInfoWithExternalPubAndRatchetTree,
  createProposal,
  encodeMlsMessage,
  emptyPskIndex,
  type GroupInfo,
  joinGroup,
  joinGroupExternal,
  processPublicMessage,
  type MLSMessage,
  type Proposal,
  proposeAddExternal,
  proposeExternal,
} from 'ts-mls';
import {
  again,
  type Client,
  externalSenders,
  newClient,
  nodeSuite,
  OUTSIDER,
  OUTSIDER_SEED,
} from './ts-mls-client.js';

/** What the delivery service gets to see of one commit. */
export interface SeenCommit {
  /** The commit, as an MLSMessage. */
  readonly commit: Uint8Array;
  /** What it names by reference, as MLSMessages. */
  readonly proposals: readonly Uint8Array[];
  /** The new epoch's GroupInfo, as an MLSMessage. */
  readonly groupInfo: Uint8Array;
  /** The joiner, of a commit from outside. */
  readonly committer: number;
}

/** Real members of one group, by ts-mls: those that act, and others that were added and never came. */
export class TsMlsMembers {
  private constructor(
    private readonly suite: CiphersuiteImpl,
    private states: ClientState[],
  ) {}

  static async create(): Promise<TsMlsMembers> {
    const suite = await nodeSuite();
    const { publicPackage, privatePackage } = await newClient(suite, 'founder');
    return new TsMlsMembers(suite, [
      await createGroup(utf8('a group'), publicPackage, privatePackage, [externalSenders], suite),
    ]);
  }

  /** How many of the members act. */
  get acting(): number {
    return this.states.length;
  }

  /** Leaf index of an acting member. */
  leafOf(actor: number): number {
    return this.#state(actor).privatePath.leafIndex;
  }

  /** Occupied leaves, as the first member sees them. */
  leaves(): number[] {
    return this.#state(0).ratchetTree.flatMap((node, i) => (node?.nodeType === 'leaf' ? [i / 2] : []));
  }

  /** Each member's GroupContext, tree hash and confirmed transcript hash included, and confirmation tag. */
  views() {
    return this.states.map(({ groupContext, confirmationTag }) => ({ groupContext, confirmationTag }));
  }

  /** This epoch's GroupInfo with its tree in an extension, as an MLSMessage. */
  async groupInfo(): Promise<Uint8Array> {
    return message(await createGroupInfoWithExternalPubAndRatchetTree(this.#state(0), [], this.suite));
  }

  /** Adds clients; the first `joining` of them act from then on. */
  async add(actor: number, names: readonly string[], joining: number): Promise<SeenCommit> {
    const clients = await Promise.all(names.map((name) => newClient(this.suite, name)));
    const { seen, welcome } = await this.#commit(
      actor,
      clients.map(({ publicPackage }) => ({ proposalType: 'add', add: { keyPackage: publicPackage } })),
    );
    for (const { publicPackage, privatePackage } of clients.slice(0, joining)) {
      const tree = this.#state(0).ratchetTree;
      this.states.push(
        await joinGroup(welcome!, publicPackage, privatePackage, emptyPskIndex, this.suite, tree),
      );
    }
    return seen;
  }

  async remove(actor: number, leaves: readonly number[]): Promise<SeenCommit> {
    const { seen } = await this.#commit(
      actor,
      leaves.map((removed) => ({ proposalType: 'remove', remove: { removed } })),
    );
    return seen;
  }

  async update(actor: number): Promise<SeenCommit> {
    return (await this.#commit(actor, [])).seen;
  }

  /** One member proposes a Remove and, where there is a name, an Add; another commits them by reference. */
  async propose(actor: number, committer: number, removed: number, name?: string): Promise<SeenCommit> {
    const proposals: Proposal[] = [{ proposalType: 'remove', remove: { removed } }];
    if (name !== undefined) {
      const { publicPackage } = await newClient(this.suite, name);
      proposals.push({ proposalType: 'add', add: { keyPackage: publicPackage } });
    }
    const sent: Uint8Array[] = [];
    for (const proposal of proposals) {
      const before = this.#state(actor);
      const { newState, message: own } = await createProposal(before, true, proposal, this.suite);
      await this.#deliver(before, newState, own);
      sent.push(encodeMlsMessage(own));
    }
    const { seen } = await this.#commit(committer, []);
    return { ...seen, proposals: sent };
  }

  /** The outsider proposes a Remove, a newcomer that it is added itself; a member commits both by reference. */
  async proposeFromOutside(committer: number, removed: number, name: string): Promise<SeenCommit> {
    const info = await createGroupInfoWithExternalPub(this.#state(0), [], this.suite);
    const { publicPackage, privatePackage } = await newClient(this.suite, name);
    const remove: Proposal = { proposalType: 'remove', remove: { removed } };
    const sent = [
      await proposeExternal(info, remove, OUTSIDER, OUTSIDER_SEED, this.suite),
      await proposeAddExternal(info, publicPackage, privatePackage, this.suite),
    ];
    for (const proposal of sent) await this.#deliver(undefined, undefined, proposal);
    const { seen } = await this.#commit(committer, []);
    return { ...seen, proposals: sent.map((proposal) => encodeMlsMessage(proposal)) };
  }

  /** Somebody joins by itself, and acts from then on. */
  async joinExternally(name: string): Promise<SeenCommit> {
    return this.#external(await newClient(this.suite, name), undefined);
  }

  /** A member comes back with a new leaf under its old signature key. */
  async resync(actor: number): Promise<SeenCommit> {
    const { signaturePrivateKey, ratchetTree, privatePath } = this.#state(actor);
    const node = ratchetTree[2 * privatePath.leafIndex];
    if (node?.nodeType !== 'leaf') throw new Error('no leaf of its own');
    return this.#external(await again(this.suite, node.leaf, signaturePrivateKey), actor);
  }

  async #external(newcomer: Client, former: number | undefined): Promise<SeenCommit> {
    const info = await createGroupInfoWithExternalPubAndRatchetTree(this.#state(0), [], this.suite);
    const { publicPackage, privatePackage } = newcomer;
    const resync = former !== undefined;
    const joined = await joinGroupExternal(info, publicPackage, privatePackage, resync, this.suite);
    if (former !== undefined) this.states.splice(former, 1);
    const commit = { version: 'mls10', wireformat: 'mls_public_message', ...joined } as const;
    await this.#deliver(undefined, undefined, commit);
    this.states.push(joined.newState);
    const groupInfo = message(await createGroupInfoWithExternalPub(joined.newState, [], this.suite));
    const { leafIndex: committer } = joined.newState.privatePath;
    return { commit: encodeMlsMessage(commit), proposals: [], groupInfo, committer };
  }

  async #commit(actor: number, extraProposals: Proposal[]) {
    const before = this.#state(actor);
    const options = { wireAsPublicMessage: true, extraProposals };
    const { newState, commit, welcome } = await createCommit(
      { state: before, cipherSuite: this.suite },
      options,
    );
    await this.#deliver(before, newState, commit);
    const groupInfo = message(await createGroupInfoWithExternalPub(newState, [], this.suite));
    return {
      seen: {
        commit: encodeMlsMessage(commit),
        proposals: [],
        groupInfo,
        committer: before.privatePath.leafIndex,
      },
      welcome,
    };
  }

  /** Gives a handshake to all who act, but for its sender, who is there already. */
  async #deliver(
    before: ClientState | undefined,
    after: ClientState | undefined,
    sent: MLSMessage,
  ): Promise<void> {
    if (sent.wireformat !== 'mls_public_message') throw new Error('not a PublicMessage');
    const next: ClientState[] = [];
    for (const state of this.states) {
      if (state === before && after !== undefined) next.push(after);
      else
        next.push(
          (await processPublicMessage(state, sent.publicMessage, emptyPskIndex, this.suite, acceptAll))
            .newState,
        );
    }
    this.states = next.filter((state) => state.groupActiveState.kind === 'active');
  }

  #state(actor: number): ClientState {
    return this.states[actor]!;
  }
}

function message(groupInfo: GroupInfo): Uint8Array {
  return encodeMlsMessage({ version: 'mls10', wireformat: 'mls_group_info', groupInfo });
}
