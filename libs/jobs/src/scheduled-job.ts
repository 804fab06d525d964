/**
 * Work that a service does at fixed times. It is named, and nothing else: a queue keeps names and times, so what the job is
 * about (ids, counts, anything of a user's) must be found out by `run` and stay there.
 */
export interface ScheduledJob {
  /** Of the service's own; lower-case words with hyphens. */
  readonly name: string;
  /** When, as a cron pattern of five fields in UTC. */
  readonly pattern: string;
  /** Does the work; run again when it throws, and soon after each start: it must not matter how often. */
  run(): Promise<void>;
}
