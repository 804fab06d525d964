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
  generateKeyPackage,
  generateKeyPackageWithKey,
  getCiphersuiteFromName,
  getCiphersuiteImpl,
  type GroupInfo,
  joinGroup,
  joinGroupExternal,
  type KeyPackage,
  type PrivateKeyPackage,
  processPublicMessage,
  type Proposal,
  type PublicMessage,
} from 'ts-mls';
import { nodeHash, nodeHpke, nodeKdf, nodeSignature } from './ts-mls-crypto.js';

const SUITE = 'MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519';
const CAPABILITIES = {
  versions: ['mls10' as const],
  ciphersuites: [SUITE as typeof SUITE],
  extensions: [0x000a, 0xf0a0, 0xf0a2],
  proposals: [],
  credentials: ['basic' as const],
};

const LIFETIME = { notBefore: 0n, notAfter: 0xffffffffffn };

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

interface Client {
  readonly publicPackage: KeyPackage;
  readonly privatePackage: PrivateKeyPackage;
}

/** Real members of one group, by ts-mls: those that act, and others that were added and never came. */
export class TsMlsMembers {
  private constructor(
    private readonly suite: CiphersuiteImpl,
    private states: ClientState[],
  ) {}

  static async create(): Promise<TsMlsMembers> {
    const plain = await getCiphersuiteImpl(getCiphersuiteFromName(SUITE));
    const suite = { ...plain, signature: nodeSignature, hpke: nodeHpke, hash: nodeHash, kdf: nodeKdf };
    const { publicPackage, privatePackage } = await client(suite, 'founder');
    return new TsMlsMembers(suite, [
      await createGroup(utf8('a group'), publicPackage, privatePackage, [], suite),
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
    const clients = await Promise.all(names.map((name) => client(this.suite, name)));
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
      const { publicPackage } = await client(this.suite, name);
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

  /** Somebody joins by itself, and acts from then on. */
  async joinExternally(name: string): Promise<SeenCommit> {
    return this.#external(await client(this.suite, name), undefined);
  }

  /** A member comes back with a new leaf under its old signature key. */
  async resync(actor: number): Promise<SeenCommit> {
    const { signaturePrivateKey, ratchetTree, privatePath } = this.#state(actor);
    const node = ratchetTree[2 * privatePath.leafIndex];
    if (node?.nodeType !== 'leaf') throw new Error('no leaf of its own');
    const { credential, signaturePublicKey } = node.leaf;
    const keys = { signKey: signaturePrivateKey, publicKey: signaturePublicKey };
    const again = await generateKeyPackageWithKey(credential, CAPABILITIES, LIFETIME, [], keys, this.suite);
    return this.#external(again, actor);
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
    sent: { readonly wireformat: string; readonly publicMessage?: PublicMessage },
  ): Promise<void> {
    if (sent.publicMessage === undefined) throw new Error('not a PublicMessage');
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

function client(suite: CiphersuiteImpl, name: string): Promise<Client> {
  const credential = { credentialType: 'basic' as const, identity: utf8(name) };
  return generateKeyPackage(credential, CAPABILITIES, LIFETIME, [], suite);
}

function message(groupInfo: GroupInfo): Uint8Array {
  return encodeMlsMessage({ version: 'mls10', wireformat: 'mls_group_info', groupInfo });
}
