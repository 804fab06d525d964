import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Outcome } from '@phoenix/wire';
import type { Call, PersonCalls, Reply } from './person-calls.js';
import type { SeenRequest } from './seen-request.js';

const PROCESS = fileURLToPath(new URL('./person-process.js', import.meta.url));

/** What a call comes to when it is not refused. */
type Answer<M extends keyof PersonCalls> =
  Awaited<ReturnType<PersonCalls[M]>> extends Outcome<infer T> ? T : never;

/** Someone's process, seen from the demo's. */
export class Person {
  /** `uuid@domain`, once registered. */
  userId = '';
  /** `alias@domain`, once taken. */
  alias = '';
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, (reply: Reply) => void>();
  #calls = 0;

  constructor(
    readonly name: string,
    private readonly note: (seen: readonly SeenRequest[]) => void,
  ) {
    this.#child = fork(PROCESS, { serialization: 'advanced', env: {} });
    this.#child.on('message', (reply: Reply) => {
      this.#waiting.get(reply.id)?.(reply);
      this.#waiting.delete(reply.id);
    });
    this.#child.once('exit', (code) => {
      const fault = `the process ended with ${String(code)}`;
      for (const [id, settle] of this.#waiting) settle({ id, result: undefined, fault, seen: [] });
    });
  }

  /** Makes a call; throws when it is a bug that answers. */
  async try<M extends keyof PersonCalls>(
    method: M,
    ...args: Parameters<PersonCalls[M]>
  ): Promise<Outcome<Answer<M>>> {
    const call: Call = { id: this.#calls++, method, args };
    const replied = new Promise<Reply>((settle) => this.#waiting.set(call.id, settle));
    this.#child.send(call);
    const { result, fault, seen } = await replied;
    this.note(seen);
    if (result === undefined) throw new Error(`${this.name}, ${method}: ${fault ?? ''}`);
    return result as Outcome<Answer<M>>;
  }

  /** Makes a call that must not be refused. */
  async do<M extends keyof PersonCalls>(method: M, ...args: Parameters<PersonCalls[M]>): Promise<Answer<M>> {
    const outcome = await this.try(method, ...args);
    if (outcome.ok) return outcome.value;
    const { code, rule } = outcome.refusal;
    throw new Error(`${this.name}, ${method}: refused with ${code}${rule === undefined ? '' : ` (${rule})`}`);
  }

  async end(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exited = once(this.#child, 'exit');
    this.#child.disconnect();
    await exited;
  }
}
