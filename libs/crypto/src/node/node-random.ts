import { randomFillSync } from 'node:crypto';
import { Random } from '../ports/random.js';

/** The operating system's generator. */
export class NodeRandom extends Random {
  bytes(length: number): Uint8Array {
    return randomFillSync(new Uint8Array(length));
  }
}
