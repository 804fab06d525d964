import { SerenityOpaqueClient } from '../opaque/serenity-opaque-client.js';

/** The real protocol with next to no key stretching: a millisecond where production takes a third of a second. */
export function lightOpaqueClient(): SerenityOpaqueClient {
  return new SerenityOpaqueClient({ iterations: 1, memory: 8, parallelism: 1 });
}
