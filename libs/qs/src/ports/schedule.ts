/** What makes things happen again while the process runs. */
export abstract class Schedule {
  /** Calls `work` every `intervalMs` from now on; the answer stops it. */
  abstract every(intervalMs: number, work: () => void): () => void;
}
