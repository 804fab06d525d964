import type { Random } from '@phoenix/crypto';
import { formatBase64Url } from '@phoenix/wire';
import { describeFault } from './describe-fault.js';
import type { LogSink } from './log-sink.js';

const ID_BYTES = 9;

/** Keeps a fault's detail in the log, under an id that means nothing and is all the caller learns. */
export class FaultLog {
  constructor(
    private readonly sink: LogSink,
    private readonly random: Random,
  ) {}

  /** Logs the fault; its new id. */
  record(error: unknown): string {
    const id = formatBase64Url(this.random.bytes(ID_BYTES));
    this.sink({ level: 'error', event: 'fault', fault: id, detail: describeFault(error) });
    return id;
  }

  /** Logs that something the service depends on did not answer. */
  unavailable(error: unknown): void {
    this.sink({ level: 'warn', event: 'unavailable', detail: describeFault(error) });
  }
}
