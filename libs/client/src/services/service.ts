import { done, type Outcome, refuse } from '@phoenix/wire';
import type { GraphqlInput } from '../transport/graphql-request.js';
import type { GraphqlTransport } from '../transport/graphql-transport.js';
import type { RequestKey } from '../transport/request-signer.js';
import { Answer, AnswerError } from './answer.js';
import { type Operation, prepare } from './operation.js';

/** Waits; tests and apps decide how. */
export type Pause = (milliseconds: number) => Promise<void>;

const ATTEMPTS = 6;
const FIRST_WAIT_MS = 50;
/** However long a service says that we should stay away: an operation ends. */
const LONGEST_WAIT_MS = 10_000;

/** One service as its client sees it: operations in, outcomes out, with patience for lost answers. */
export class Service {
  constructor(
    private readonly transport: Pick<GraphqlTransport, 'send'>,
    private readonly pause: Pause,
  ) {}

  /** Calls an operation whose body need not be kept. */
  call<T>(
    operation: Operation<T>,
    input?: Record<string, GraphqlInput>,
    key?: RequestKey,
  ): Promise<Outcome<T>> {
    return this.send(operation, prepare(operation, input), key);
  }

  /**
   * Sends a prepared body. Where no answer arrives, the same bytes are signed and sent again: services know a retry by
   * them. Refuses with UNAVAILABLE when it gives up: the operation may have taken effect.
   */
  async send<T>(operation: Operation<T>, body: Uint8Array, key?: RequestKey): Promise<Outcome<T>> {
    for (let attempt = 1; ; attempt++) {
      const outcome = await this.transport.send(body, key);
      if (outcome.ok) return read(operation, outcome.value);
      const { code, retryAfterMs } = outcome.refusal;
      if (code !== 'UNAVAILABLE' || attempt === ATTEMPTS) return outcome;
      await this.pause(Math.max(FIRST_WAIT_MS * 2 ** attempt, Math.min(retryAfterMs ?? 0, LONGEST_WAIT_MS)));
    }
  }
}

function read<T>(operation: Operation<T>, data: unknown): Outcome<T> {
  try {
    return done(operation.read(new Answer(data).field(operation.field)));
  } catch (error) {
    if (error instanceof AnswerError) return refuse('INTERNAL', { rule: 'client.answer' });
    throw error;
  }
}
