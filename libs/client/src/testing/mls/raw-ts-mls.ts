import { utf8 } from '@phoenix/wire';
import {
  createCommit,
  createGroup,
  emptyPskIndex,
  encodeExternalSender,
  encodeMlsMessage,
  generateKeyPackage,
  getCiphersuiteFromName,
  getCiphersuiteImpl,
  joinGroup,
  type CiphersuiteImpl,
  type ClientState,
  type Extension,
  type Node,
  type Proposal,
} from 'ts-mls';
import { decodeKeyPackage, encodeKeyPackage } from 'ts-mls/keyPackage.js';
import { decodeRatchetTree, encodeRatchetTree } from 'ts-mls/ratchetTree.js';
import { clientConfig } from '../../mls/client-config.js';
import { CAPABILITIES, MLS_SUITE } from '../../mls/mls-suite.js';
import { readMessage, writeMessage } from '../../mls/mls-bytes.js';
import { nodeMlsProvider } from '../../mls/node-provider/node-mls-provider.js';
import { LIFETIME, NOW_MS } from './mls-party.js';
import { SeededChoices } from './seeded-choices.js';

/** ts-mls by its own functions, for what the engine has no words for. For tests. */
export class RawParty {
  private constructor(readonly suite: CiphersuiteImpl) {}

  static async of(seed: number): Promise<RawParty> {
    const provider = nodeMlsProvider(new SeededChoices(seed));
    return new RawParty(await getCiphersuiteImpl(getCiphersuiteFromName(MLS_SUITE), provider));
  }

  keyPackage(name: string) {
    const credential = { credentialType: 'basic' as const, identity: utf8(name) };
    return generateKeyPackage(credential, CAPABILITIES, LIFETIME, [], this.suite);
  }

  async group(extensions: Extension[] = []): Promise<ClientState> {
    const { publicPackage, privatePackage } = await this.keyPackage('alice');
    const config = clientConfig(() => NOW_MS);
    return createGroup(utf8('a group'), publicPackage, privatePackage, extensions, this.suite, config);
  }

  /** A group of two, as the first of them has it. */
  async pair(extensions: Extension[] = []) {
    const { publicPackage: keyPackage } = await this.keyPackage('bob');
    const add: Proposal = { proposalType: 'add', add: { keyPackage } };
    return { state: await this.commit(await this.group(extensions), [add]), suite: this.suite };
  }

  async commit(state: ClientState, extraProposals: Proposal[]): Promise<ClientState> {
    const options = { wireAsPublicMessage: true, extraProposals };
    return (await createCommit({ state, cipherSuite: this.suite }, options)).newState;
  }

  /** A Welcome (MLSMessage) to this KeyPackage into a group of two, with a tree in its GroupInfo or without, and the tree. */
  async welcome(bytes: Uint8Array, ratchetTreeExtension: boolean) {
    const [keyPackage] = decodeKeyPackage(bytes, 0)!;
    const options = {
      extraProposals: [{ proposalType: 'add' as const, add: { keyPackage } }],
      ratchetTreeExtension,
    };
    const made = await createCommit({ state: await this.group(), cipherSuite: this.suite }, options);
    const welcome = writeMessage({ wireformat: 'mls_welcome', welcome: made.welcome! });
    return { welcome, tree: encodeRatchetTree(made.newState.ratchetTree) };
  }

  /** A KeyPackage, and how to join by a Welcome (MLSMessage) to it. */
  async member() {
    const { publicPackage, privatePackage } = await this.keyPackage('carol');
    const join = (welcome: Uint8Array, tree: Uint8Array): Promise<ClientState> =>
      joinGroup(
        readMessage(welcome, 'mls_welcome')!.welcome,
        publicPackage,
        privatePackage,
        emptyPskIndex,
        this.suite,
        decodeRatchetTree(tree, 0)![0],
      );
    return { keyPackage: encodeKeyPackage(publicPackage), join };
  }

  /** A member's commit as an MLSMessage. */
  async seen(state: ClientState, extraProposals: Proposal[]): Promise<Uint8Array> {
    const options = { wireAsPublicMessage: true, extraProposals };
    return encodeMlsMessage((await createCommit({ state, cipherSuite: this.suite }, options)).commit);
  }

  /** A tree of four leaves with the first two blank, and the signature key of the third. */
  async rightHalf() {
    const [carol, dave] = [await this.keyPackage('carol'), await this.keyPackage('dave')];
    const leaves = [carol, dave].map(({ publicPackage }) => ({
      nodeType: 'leaf' as const,
      leaf: publicPackage.leafNode,
    }));
    const tree = [undefined, undefined, undefined, undefined, leaves[0], undefined, leaves[1]];
    const { groupContext } = await this.group();
    return { suite: this.suite, groupContext, tree, signKey: carol.privatePackage.signaturePrivateKey };
  }
}

/** A parent node with a key of its own and these unmerged leaves. */
export function parentNode(key: number, ...unmergedLeaves: number[]): Node {
  const hpkePublicKey = new Uint8Array(32).fill(key);
  return { nodeType: 'parent', parent: { hpkePublicKey, parentHash: new Uint8Array(), unmergedLeaves } };
}

/** `ExternalSender external_senders<V>` with these keys; shorter than 64 bytes or not, lengths are minimal. */
export function externalSenders(...keys: Uint8Array[]): Extension {
  const senders = keys.map((signaturePublicKey) =>
    encodeExternalSender({
      signaturePublicKey,
      credential: { credentialType: 'basic', identity: utf8('the delivery service') },
    }),
  );
  const body = Buffer.concat(senders);
  const length = Uint8Array.of(0x40 | (body.length >> 8), body.length & 0xff);
  return { extensionType: 'external_senders', extensionData: Uint8Array.from(Buffer.concat([length, body])) };
}
