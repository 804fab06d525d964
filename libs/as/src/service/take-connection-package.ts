import { Injectable } from '@nestjs/common';
import { Clock } from '@phoenix/crypto';
import { done, monthNumber, type Outcome, refuse } from '@phoenix/wire';
import { ConnectionStore, type TakenPackage } from '../ports/connection-store.js';

/** Gives whoever asks one connection package of a user, with the current credential of its client. */
@Injectable()
export class TakeConnectionPackage {
  constructor(
    private readonly store: ConnectionStore,
    private readonly clock: Clock,
  ) {}

  /** Refuses with NOT_FOUND for a user that does not exist or that nothing can be offered. */
  async execute(user: Uint8Array): Promise<Outcome<TakenPackage>> {
    const taken = await this.store.take(user, monthNumber(this.clock.now()));
    return taken ? done(taken) : refuse('NOT_FOUND');
  }
}
