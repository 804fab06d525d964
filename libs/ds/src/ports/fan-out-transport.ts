import type { Outcome } from '@phoenix/wire';
import type { DeletedQueue, FanOut } from '../domain/fan-out.js';

/** The way to the queues. A QS in the same process, or one behind a network, fits behind it. */
export abstract class FanOutTransport {
  /**
   * Takes all of them durably, in this order, or none: then UNAVAILABLE, with `retryAfterMs`. An id taken before is a
   * success without effect; a recipient that cannot be reached any more fails nothing. The buffers are the caller's,
   * who wipes them when this returns.
   * @returns the queues that are known to be deleted; of configs that nobody can open nothing is known.
   */
  abstract deliver(fanOuts: readonly FanOut[]): Promise<Outcome<readonly DeletedQueue[]>>;

  /** Whether an id was taken before; remembered for three whole months. Throws what `deliver` would refuse with. */
  abstract taken(id: Uint8Array): Promise<boolean>;
}
