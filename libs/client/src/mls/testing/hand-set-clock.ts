import { Clock } from '@phoenix/crypto';

/** A clock that stands until it is moved. For tests. */
export class HandSetClock extends Clock {
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
