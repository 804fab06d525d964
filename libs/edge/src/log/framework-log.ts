import type { LoggerService } from '@nestjs/common';
import { describeFault } from './describe-fault.js';
import type { LogSink } from './log-sink.js';

/** Where Nest reports whatever a resolver threw, refusals included; the error formatter has logged the faults among them. */
const RESOLVER_ERRORS = 'ExceptionsHandler';

/** Nest's own log: its chatter is dropped, and of its complaints the text, which may quote what it complains about. */
export class FrameworkLog implements LoggerService {
  constructor(private readonly sink: LogSink) {}

  log(): void {
    // Progress reports of the framework's boot say nothing that `ready` does not.
  }

  warn(message: unknown, ...optional: unknown[]): void {
    this.#report('warn', message, optional);
  }

  error(message: unknown, ...optional: unknown[]): void {
    this.#report('error', message, optional);
  }

  fatal(message: unknown, ...optional: unknown[]): void {
    this.#report('error', message, optional);
  }

  #report(level: 'warn' | 'error', message: unknown, optional: readonly unknown[]): void {
    const last = optional.at(-1);
    const context = typeof last === 'string' && /^\w{1,64}$/.test(last) ? last : 'Nest';
    if (context === RESOLVER_ERRORS) return;
    const detail = message instanceof Error ? describeFault(message) : [];
    this.sink({ level, event: 'framework', context, detail });
  }
}
