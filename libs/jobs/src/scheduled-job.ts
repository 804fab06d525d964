/**
 * Work that a service does at fixed times. It is a name and nothing else: queues keep names and times, so what the work is
 * about (ids, counts, anything of a user's) is found out by `run` and stays there.
 */
export interface ScheduledJob {
  /** Of the service's own; lower-case words with hyphens. */
  readonly name: string;
  /** When, besides soon after each start: a cron pattern of five fields, in UTC. */
  readonly pattern: string;
  /**
   * Does the work. It may be called more often than the pattern says and by two processes at a time, and again a while after
   * it has thrown.
   */
  run(): Promise<void>;
}
