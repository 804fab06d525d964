import { decode, encode } from '@phoenix/wire';
import { ExtensionType, findExtension } from '../codec/extension.js';
import { type MlsMessage, mlsMessageCodec } from '../codec/mls-message.js';
import type { PublicMessage } from '../codec/public-message.js';
import { nodeMlsCrypto } from '../testing/node-mls-crypto.js';
import { openWelcome } from '../testing/open-welcome.js';
import { describeVectors, hex, toHex } from '../testing/vectors.js';
import { decodeRatchetTree } from '../tree/unverified-ratchet-tree.js';
import type { Checked } from '../validation/checked.js';
import { createPublicGroup } from './create-public-group.js';
import { processCommit } from './process-commit.js';
import type { PublicGroup } from './public-group.js';
import { verifyProposal } from './verify-proposal.js';

interface Vector {
  cipher_suite: number;
  external_psks: { psk_id: string; psk: string }[];
  key_package: string;
  init_priv: string;
  welcome: string;
  ratchet_tree: string | null;
  epochs: { proposals: string[]; commit: string }[];
}

const NOW = 1_700_000_000;

function message<T extends MlsMessage['type']>(type: T, text: string): Extract<MlsMessage, { type: T }> {
  const read = decode(mlsMessageCodec, hex(text));
  if (read.type !== type) throw new Error(`not a ${type}`);
  expect(toHex(encode(mlsMessageCodec, read))).toBe(text);
  return read as Extract<MlsMessage, { type: T }>;
}

/** The group that a vector's client joins. */
function joined(v: Vector): PublicGroup {
  const groupInfo = openWelcome(message('welcome', v.welcome).welcome, {
    keyPackage: message('keyPackage', v.key_package).keyPackage,
    initPrivateKey: hex(v.init_priv),
    psks: new Map(v.external_psks.map(({ psk_id, psk }) => [psk_id, hex(psk)])),
  });
  const tree =
    v.ratchet_tree === null
      ? findExtension(groupInfo.extensions, ExtensionType.ratchetTree)!
      : hex(v.ratchet_tree);
  const context = { crypto: nodeMlsCrypto(v.cipher_suite), cipherSuites: [v.cipher_suite] };
  const created = createPublicGroup(groupInfo, decodeRatchetTree(tree, 1024), context);
  if (!created.ok) throw new Error(`refused: ${created.rule}`);
  return created.value;
}

describeVectors<Vector>('passive-client-welcome', (vectors) => {
  it.each(vectors.map((v, i) => [i, v.cipher_suite, v] as const))(
    'creates group %i of suite %i',
    (_i, suite, v) => {
      expect(joined(v).cipherSuite).toBe(suite);
    },
  );
});

describeVectors<Vector>('passive-client-handling-commit', (vectors) => {
  it('reads and writes all commits and proposals', () => {
    for (const text of vectors.flatMap((v) =>
      v.epochs.flatMap(({ proposals, commit }) => [...proposals, commit]),
    )) {
      message('publicMessage', text);
    }
  });

  it.each(vectors.map((v, i) => [i, v.cipher_suite, v] as const))(
    'follows group %i of suite %i through all its commits',
    (_i, suite, v) => {
      let group = joined(v);
      const context = { crypto: nodeMlsCrypto(suite), now: NOW };
      for (const epoch of v.epochs) {
        const proposals = epoch.proposals.map((text) => valueOf(verifyProposal(group, sent(text), context)));
        const commit = { ...context, maxLeaves: 1024, proposals };
        const staged = valueOf(processCommit(group, sent(epoch.commit), commit));
        expect(staged.group.epoch).toBe(group.epoch + 1n);
        expect(staged.references).toHaveLength(proposals.length);
        group = staged.group;
      }
    },
  );

  it('are followed for 182 commits, as many as there are', () => {
    expect(vectors.flatMap(({ epochs }) => epochs)).toHaveLength(182);
  });
});

function sent(text: string): PublicMessage {
  return message('publicMessage', text).publicMessage;
}

function valueOf<T>(checked: Checked<T>): T {
  if (!checked.ok) throw new Error(`refused: ${checked.rule}`);
  return checked.value;
}
