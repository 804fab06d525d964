/** Why a decoder refused its input. */
export type DecodeReason =
  'truncated' | 'trailing-bytes' | 'non-minimal-length' | 'over-long' | 'unknown-value' | 'invalid-value';

/** The only thing a decoder throws: the input is not an encoding of the expected struct. It never carries the input. */
export class DecodeError extends Error {
  override readonly name = 'DecodeError';

  constructor(readonly reason: DecodeReason) {
    super(`decode: ${reason}`);
  }
}
