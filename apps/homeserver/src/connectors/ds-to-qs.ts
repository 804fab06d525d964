import type { INestApplicationContext } from '@nestjs/common';
import { type DeletedQueue, type FanOut, FanOutTransport } from '@phoenix/ds';
import { Unavailable } from '@phoenix/edge';
import { EnqueueFanOuts, WasTaken } from '@phoenix/qs';
import { done, type Outcome } from '@phoenix/wire';

const RETRY_MS = 1_000;

/**
 * Hands fan-outs of the DS to the QS of the same process. The QS takes all or none in one transaction and each id once, so
 * handing them over again is safe. It sees sealed queue configs and entries: no group, no sender; what the DS hears
 * back is which of the configs lead to queues that are deleted.
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

  override async deliver(fanOuts: readonly FanOut[]): Promise<Outcome<readonly DeletedQueue[]>> {
    if (fanOuts.some(({ destination }) => destination !== this.homeDomain)) {
      throw new Error('the DS let in a queue config of another home domain');
    }
    if (fanOuts.length === 0) return done([]);
    const taken = await reachQs(() =>
      this.enqueue.execute(fanOuts.map(({ id, configs, entry }) => ({ id, configs, entry }))),
    );
    if (!taken.ok) return taken;
    return done(taken.value.map((digest) => ({ digest, domain: this.homeDomain })));
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
