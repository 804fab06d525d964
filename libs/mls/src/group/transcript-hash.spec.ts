import { decode, encode } from '@phoenix/wire';
import { authenticatedContentCodec } from '../codec/authenticated-content.js';
import { FramedBytes } from '../codec/framed-bytes.js';
import { nodeMlsCrypto } from '../testing/node-mls-crypto.js';
import { describeVectors, hex, toHex } from '../testing/vectors.js';
import { confirmedTranscriptHash, interimTranscriptHash } from './transcript-hash.js';

interface Vector {
  cipher_suite: number;
  authenticated_content: string;
  interim_transcript_hash_before: string;
  confirmed_transcript_hash_after: string;
  interim_transcript_hash_after: string;
}

describeVectors<Vector>('transcript-hashes', (vectors) => {
  it.each(vectors.map((v) => [v.cipher_suite, v] as const))(
    'follows the transcript in suite %i',
    (suite, v) => {
      const crypto = nodeMlsCrypto(suite);
      const authenticated = decode(authenticatedContentCodec, hex(v.authenticated_content));
      expect(toHex(encode(authenticatedContentCodec, authenticated))).toBe(v.authenticated_content);
      const { content, auth, wireFormat } = authenticated;
      const input = new FramedBytes(wireFormat, content).transcriptInput(auth.signature);
      const confirmed = confirmedTranscriptHash(crypto, hex(v.interim_transcript_hash_before), input);
      expect(toHex(confirmed)).toBe(v.confirmed_transcript_hash_after);
      const interim = interimTranscriptHash(crypto, confirmed, auth.confirmationTag as Uint8Array);
      expect(toHex(interim)).toBe(v.interim_transcript_hash_after);
    },
  );
});
