/** Where randomness comes from; nothing else in the product may ask. */
export abstract class Random {
  /** `length` bytes, cryptographically random. */
  abstract bytes(length: number): Uint8Array;

  /** The 16 bytes of a version 4 UUID (RFC 9562 §5.4). */
  uuid(): Uint8Array {
    const uuid = this.bytes(16);
    uuid[6] = ((uuid[6] as number) & 0x0f) | 0x40;
    uuid[8] = ((uuid[8] as number) & 0x3f) | 0x80;
    return uuid;
  }
}
