import { jsonLog, type LogRecord, type LogSink } from '@phoenix/edge';

/**
 * What is logged before the start has succeeded is held back, and dropped when it fails: the one sentence that is printed
 * then says why, where the framework's records would bury it.
 */
export class StartLog {
  private readonly write: LogSink;
  private held: LogRecord[] | undefined = [];

  /** @param write takes lines of JSON. */
  constructor(write: (line: string) => void) {
    this.write = jsonLog(write);
  }

  readonly sink: LogSink = (record) => {
    if (this.held === undefined) this.write(record);
    else this.held.push(record);
  };

  /** Lets go of what was held back. */
  started(): void {
    const held = this.held ?? [];
    this.held = undefined;
    held.forEach((record) => this.write(record));
  }
}
