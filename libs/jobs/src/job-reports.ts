/** Who hears of what goes wrong. Errors hold values: of one that is logged, its kind at the most. */
export interface JobReports {
  /** A job threw; it is run again after a while, and given up until its next time when that does not help. */
  failed(job: string, error: unknown): void;
  /** The backend is not there or refuses; said once until jobs run again. */
  unreachable(error: unknown): void;
}
