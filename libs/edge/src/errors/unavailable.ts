/**
 * What an adapter throws when something it depends on does not answer (a database that is starting, a full pool): the caller
 * gets UNAVAILABLE and may try again. The cause is for the log.
 */
export class Unavailable extends Error {
  override readonly name = 'Unavailable';

  constructor(
    /** Milliseconds until trying again can help. */
    readonly retryAfterMs: number,
    options?: { readonly cause: unknown },
  ) {
    super('unavailable', options);
  }
}
