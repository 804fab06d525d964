import { concat, utf8 } from '../tls/bytes.js';

/** A solution has 8 bytes: whatever number was tried. */
export const PROOF_OF_WORK_BYTES = 8;
const PREFIX = utf8('Phoenix 1.0 proof of work');

/**
 * The puzzle of a registration (docs/protocol §5): a nonce for which SHA-256("Phoenix 1.0 proof of work" ||
 * SHA-256(ticket) || nonce) begins with `bits` zero bits. It is bound to one ticket, so to one user.
 */
export function proofOfWorkHolds(
  sha256: (bytes: Uint8Array) => Uint8Array,
  ticket: Uint8Array,
  nonce: Uint8Array,
  bits: number,
): boolean {
  return nonce.length === PROOF_OF_WORK_BYTES && attempt(sha256, sha256(ticket), nonce, bits);
}

/** Tries `count` nonces from `from` on; the first that solves the puzzle, or undefined: call again, so that others get a turn. */
export function searchProofOfWork(
  sha256: (bytes: Uint8Array) => Uint8Array,
  ticket: Uint8Array,
  bits: number,
  { from, count }: { readonly from: number; readonly count: number },
): Uint8Array | undefined {
  const digest = sha256(ticket);
  const nonce = new Uint8Array(PROOF_OF_WORK_BYTES);
  const view = new DataView(nonce.buffer);
  for (let tried = from; tried < from + count; tried++) {
    view.setBigUint64(0, BigInt(tried));
    if (attempt(sha256, digest, nonce, bits)) return nonce;
  }
  return undefined;
}

function attempt(
  sha256: (bytes: Uint8Array) => Uint8Array,
  ticketDigest: Uint8Array,
  nonce: Uint8Array,
  bits: number,
): boolean {
  return leadingZeroBits(sha256(concat(PREFIX, ticketDigest, nonce))) >= bits;
}

function leadingZeroBits(bytes: Uint8Array): number {
  const at = bytes.findIndex((byte) => byte !== 0);
  return at < 0 ? bytes.length * 8 : at * 8 + Math.clz32(bytes[at]!) - 24;
}
