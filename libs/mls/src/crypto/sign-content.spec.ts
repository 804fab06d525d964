import { decode, encode } from '@phoenix/wire';
import { framedContentTbs } from '../codec/authenticated-content.js';
import { commitCodec } from '../codec/commit.js';
import { mlsMessageCodec } from '../codec/mls-message.js';
import { MLS10 } from '../codec/protocol-version.js';
import { proposalCodec } from '../codec/proposal.js';
import { WireFormat } from '../codec/wire-format.js';
import { nodeMlsCrypto } from '../testing/node-mls-crypto.js';
import { describeVectors, hex, toHex } from '../testing/vectors.js';
import { refHash } from './ref-hash.js';
import { type SignatureLabel, signContent } from './sign-content.js';

interface Basics {
  cipher_suite: number;
  ref_hash: { label: string; value: string; out: string };
  sign_with_label: { label: string; content: string; pub: string; signature: string };
}

describeVectors<Basics>('crypto-basics', (vectors) => {
  it.each(vectors.map((v) => [v.cipher_suite, v] as const))('hashes and signs in suite %i', (suite, v) => {
    const crypto = nodeMlsCrypto(suite);
    expect(toHex(refHash(crypto, v.ref_hash.label, hex(v.ref_hash.value)))).toBe(v.ref_hash.out);
    const { label, content, pub, signature } = v.sign_with_label;
    const signed = signContent(label as SignatureLabel, hex(content));
    expect(crypto.verify(hex(pub), signed, hex(signature))).toBe(true);
    signed[0]! ^= 1;
    expect(crypto.verify(hex(pub), signed, hex(signature))).toBe(false);
  });
});

interface Protection {
  cipher_suite: number;
  group_id: string;
  epoch: number;
  tree_hash: string;
  confirmed_transcript_hash: string;
  signature_pub: string;
  proposal: string;
  proposal_pub: string;
  proposal_priv: string;
  commit: string;
  commit_pub: string;
  commit_priv: string;
  application_priv: string;
}

describeVectors<Protection>('message-protection', (vectors) => {
  it.each(vectors.map((v) => [v.cipher_suite, v] as const))('verifies handshakes in suite %i', (suite, v) => {
    const context = {
      version: MLS10,
      cipherSuite: suite,
      groupId: hex(v.group_id),
      epoch: BigInt(v.epoch),
      treeHash: hex(v.tree_hash),
      confirmedTranscriptHash: hex(v.confirmed_transcript_hash),
      extensions: [],
    } as const;
    for (const [text, body] of [
      [v.proposal_pub, v.proposal],
      [v.commit_pub, v.commit],
    ] as const) {
      const message = decode(mlsMessageCodec, hex(text));
      if (message.type !== 'publicMessage') throw new Error('not a PublicMessage');
      const { content, auth } = message.publicMessage;
      const tbs = framedContentTbs(WireFormat.publicMessage, content, { ...context, extensions: [] });
      const signed = signContent('FramedContentTBS', tbs);
      expect(nodeMlsCrypto(suite).verify(hex(v.signature_pub), signed, auth.signature)).toBe(true);
      expect(bodyOf(content.body)).toBe(body);
    }
  });

  it('reads and writes private messages', () => {
    for (const text of vectors.flatMap((v) => [v.proposal_priv, v.commit_priv, v.application_priv])) {
      expect(toHex(encode(mlsMessageCodec, decode(mlsMessageCodec, hex(text))))).toBe(text);
    }
  });
});

function bodyOf(body: Parameters<typeof framedContentTbs>[1]['body']): string {
  if (body.type === 'application') return toHex(body.applicationData);
  return toHex(
    body.type === 'commit' ? encode(commitCodec, body.commit) : encode(proposalCodec, body.proposal),
  );
}
