/** One line of the log: an event and what an operator needs to know of it; never an address, an id, a key or a body. */
export interface LogRecord {
  readonly level: 'info' | 'warn' | 'error';
  readonly event: string;
  readonly [field: string]: string | number | readonly string[];
}

export type LogSink = (record: LogRecord) => void;

/** Writes records as JSON lines. They carry no time: whoever collects them stamps them. */
export function jsonLog(write: (line: string) => void): LogSink {
  return (record) => write(`${JSON.stringify(record)}\n`);
}
