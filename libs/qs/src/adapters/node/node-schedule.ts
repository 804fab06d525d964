import { Schedule } from '../../ports/schedule.js';

/** Timers of Node; they do not keep the process alive. */
export class NodeSchedule extends Schedule {
  override every(intervalMs: number, work: () => void): () => void {
    const timer = setInterval(work, intervalMs).unref();
    return () => clearInterval(timer);
  }
}
