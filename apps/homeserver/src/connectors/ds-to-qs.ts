import type { INestApplicationContext } from '@nestjs/common';
import { type FanOut, FanOutTransport } from '@phoenix/ds';
import { Unavailable } from '@phoenix/edge';
import { EnqueueFanOuts, WasTaken } from '@phoenix/qs';
import { done, type Outcome } from '@phoenix/wire';

const RETRY_MS = 1_000;

/**
 * Hands fan-outs of the DS to the QS of the same process. The QS takes all or none in one transaction and each id once, so
 * handing them over again is safe. It sees sealed queue configs and entries: no group, no sender.
 */
export class DsToQs extends FanOutTransport {
  private readonly enqueue: EnqueueFanOuts;
  private readonly wasTaken: WasTaken;

  /** @param qs the QS's container. @param homeDomain the one destination there is until federation exists. */
  constructor(
    qs: INestApplicationContext,
    private readonly homeDomain: string,
  ) {
    super();
    this.enqueue = qs.get(EnqueueFanOuts, { strict: false });
    this.wasTaken = qs.get(WasTaken, { strict: false });
  }

  override async deliver(fanOuts: readonly FanOut[]): Promise<Outcome<void>> {
    if (fanOuts.some(({ destination }) => destination !== this.homeDomain)) {
      throw new Error('the DS let in a queue config of another home domain');
    }
    if (fanOuts.length === 0) return done();
    return reachQs(() =>
      this.enqueue.execute(fanOuts.map(({ id, configs, entry }) => ({ id, configs, entry }))),
    );
  }

  override taken(id: Uint8Array): Promise<boolean> {
    return reachQs(() => this.wasTaken.execute(id));
  }
}

/** The QS's fault, its database most likely, is to the DS and its caller a reason to come again, later. */
async function reachQs<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw new Unavailable(RETRY_MS, { cause });
  }
}
