import { Writer } from '@phoenix/wire';
import type { MlsCrypto } from '../crypto/mls-crypto.js';

/** `confirmed_transcript_hash` of the new epoch (RFC 9420 §8.2). */
export function confirmedTranscriptHash(
  crypto: MlsCrypto,
  interim: Uint8Array,
  input: Uint8Array,
): Uint8Array {
  return crypto.hash(new Writer(interim.length + input.length).bytes(interim).bytes(input).view());
}

/** `interim_transcript_hash`: the confirmed one with the confirmation tag (RFC 9420 §8.2; for epoch 0, §11). */
export function interimTranscriptHash(
  crypto: MlsCrypto,
  confirmed: Uint8Array,
  confirmationTag: Uint8Array,
): Uint8Array {
  return crypto.hash(new Writer().bytes(confirmed).opaque(confirmationTag).view());
}
