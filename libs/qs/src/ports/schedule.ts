/** What makes things happen again: the process's own timer, until a queue of jobs drives them. */
export abstract class Schedule {
  /** Calls `work` every `intervalMs` from now on; the answer stops it. */
  abstract every(intervalMs: number, work: () => void): () => void;
}
