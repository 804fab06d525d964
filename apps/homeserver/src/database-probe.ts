import { createPool } from '@phoenix/postgres';

/** A database that takes longer is of no use to those who wait for it. */
const LIMIT_MS = 2_000;

/** Asks a service's database whether it is there, on a connection of its own: a busy pool is not a lost database. */
export class DatabaseProbe {
  private readonly pool: ReturnType<typeof createPool>;
  private asking: Promise<boolean> | undefined;

  constructor(url: string) {
    this.pool = createPool(url, { max: 1, connectLimitMs: LIMIT_MS, answerLimitMs: LIMIT_MS });
  }

  /** Those who ask at the same time share one answer: anybody may ask as often as they like. */
  answers(): Promise<boolean> {
    this.asking ??= this.ask().finally(() => (this.asking = undefined));
    return this.asking;
  }

  close(): Promise<void> {
    return this.pool.end();
  }

  private ask(): Promise<boolean> {
    return this.pool.query('SELECT').then(
      () => true,
      () => false,
    );
  }
}
