import type { INestApplicationContext } from '@nestjs/common';
import { type FanOut, FanOutTransport } from '@phoenix/ds';
import { Unavailable } from '@phoenix/edge';
import { EnqueueFanOuts } from '@phoenix/qs';
import { done, type Outcome } from '@phoenix/wire';

const RETRY_MS = 1_000;

/**
 * Hands fan-outs of the DS to the QS of the same process. The QS takes all or none in one transaction and each id once, so
 * handing them over again is safe. It sees sealed queue configs and entries: no group, no sender.
 */
export class DsToQs extends FanOutTransport {
  private readonly enqueue: EnqueueFanOuts;

  /** @param qs the QS's container. @param homeDomain the one destination there is until federation exists. */
  constructor(
    qs: INestApplicationContext,
    private readonly homeDomain: string,
  ) {
    super();
    this.enqueue = qs.get(EnqueueFanOuts, { strict: false });
  }

  override async deliver(fanOuts: readonly FanOut[]): Promise<Outcome<void>> {
    if (fanOuts.some(({ destination }) => destination !== this.homeDomain)) {
      throw new Error('the DS let in a queue config of another home domain');
    }
    if (fanOuts.length === 0) return done();
    try {
      return await this.enqueue.execute(fanOuts.map(({ id, configs, entry }) => ({ id, configs, entry })));
    } catch (cause) {
      // The QS's fault, its database most likely. To the DS and its caller it is a reason to hand over again, later.
      throw new Unavailable(RETRY_MS, { cause });
    }
  }
}
