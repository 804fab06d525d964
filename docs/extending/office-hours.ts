import { Injectable, type Provider } from '@nestjs/common';
import { RegistrationPolicy } from '@phoenix/as';
import { Clock } from '@phoenix/crypto';
import { done, type Outcome, refuse } from '@phoenix/wire';

const HOUR = 3_600_000;

/** Registers people while somebody is at the help desk: weekdays from 8 to 18 UTC. It learns nothing about who asks. */
@Injectable()
export class OfficeHours extends RegistrationPolicy {
  constructor(private readonly clock: Clock) {
    super();
  }

  admit(): Promise<Outcome<void>> {
    return Promise.resolve(this.#open() ? done() : refuse('FORBIDDEN', { rule: 'example.office-hours' }));
  }

  #open(): boolean {
    const now = new Date(this.clock.now());
    const weekday = now.getUTCDay() % 6 !== 0;
    const hour = (this.clock.now() % (24 * HOUR)) / HOUR;
    return weekday && hour >= 8 && hour < 18;
  }
}

/** Goes into the AS's `overrides`, in `apps/homeserver/src/as.app.ts`. */
export const officeHours: Provider = { provide: RegistrationPolicy, useClass: OfficeHours };
