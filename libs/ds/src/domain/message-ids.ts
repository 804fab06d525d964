import type { PhoenixCrypto } from '@phoenix/crypto';
import { LABELS, Writer } from '@phoenix/wire';

/**
 * The ids of what one request sends out: `DeriveKey(request, "fan-out", uint32 index)[..16]`, where `request` is the
 * SHA-256 of its exact body. So the same body, freshly signed, is the same message.
 */
export class MessageIds {
  #index = 0;

  constructor(
    private readonly crypto: PhoenixCrypto,
    private readonly bodyDigest: Uint8Array,
  ) {}

  next(): Uint8Array {
    const context = new Writer(4).u32(this.#index++).finish();
    return this.crypto.deriveKey(this.bodyDigest, LABELS.fanOut, context).slice(0, 16);
  }
}
