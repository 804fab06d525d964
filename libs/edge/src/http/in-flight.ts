import type { FastifyInstance, FastifyRequest } from 'fastify';

/**
 * The requests that are being answered. Counted by their answers and not by their connections: an operation goes on when its
 * caller hangs up, and must end before its database does.
 */
export class InFlight {
  readonly #requests = new Set<FastifyRequest>();
  #whenEmpty: (() => void) | undefined;

  watch(fastify: FastifyInstance, isClosing: () => boolean): void {
    fastify.addHook('preHandler', (request, _reply, next) => {
      this.#requests.add(request);
      next();
    });
    fastify.addHook('onSend', (request, reply, payload, next) => {
      this.#requests.delete(request);
      if (isClosing()) reply.header('connection', 'close');
      if (this.#requests.size === 0) this.#whenEmpty?.();
      next(null, payload);
    });
  }

  /** Resolves when nothing is being answered. */
  drained(): Promise<void> {
    if (this.#requests.size === 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.#whenEmpty = resolve;
    });
  }
}
