import { Clock } from '../ports/clock.js';

/** A clock that stands still until it is told to move. */
export class TestClock extends Clock {
  constructor(private ms: number) {
    super();
  }

  now(): number {
    return this.ms;
  }

  advance(ms: number): void {
    this.ms += ms;
  }
}
