/**
 * The y-coordinates of Ed25519 points whose order divides 8, little-endian hex, with the two encodings beyond the prime.
 * A signature under such a key can be made for any message without a private key (RFC 8032 §8.4 leaves them to the caller).
 */
const SMALL_ORDER = new Set([
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
]);

/** Whether a 32-byte Ed25519 public key is a point of small order, in any encoding. */
export function isSmallOrder(publicKey: Uint8Array): boolean {
  const y = Buffer.from(publicKey);
  y[31] = (y[31] as number) & 0x7f;
  return SMALL_ORDER.has(y.toString('hex'));
}
