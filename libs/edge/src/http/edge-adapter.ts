import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { FaultLog } from '../log/fault-log.js';
import { gate } from './gate.js';
import { InFlight } from './in-flight.js';
import { refuseConnection, refuseExpectation } from './refuse-connection.js';
import { refuseRequest } from './refuse-request.js';

const REQUEST_TIMEOUT_MS = 30_000;

export interface EdgeAdapterOptions {
  /** Bytes. */
  readonly bodyLimit: number;
  readonly faults: FaultLog;
}

/** Fastify as the edge wants it: silent, two paths, one content type, one shape of errors, and an orderly end. */
export class EdgeAdapter extends FastifyAdapter {
  readonly #inFlight = new InFlight();
  readonly #faults: FaultLog;
  #closing = false;

  constructor({ bodyLimit, faults }: EdgeAdapterOptions) {
    super({
      bodyLimit,
      logger: false,
      requestTimeout: REQUEST_TIMEOUT_MS,
      return503OnClosing: false,
      exposeHeadRoutes: false,
      // Node would answer a request without Host itself, with no body; the gate refuses it like the rest.
      http: { requireHostHeader: false },
      clientErrorHandler: refuseConnection,
      frameworkErrors: (_error: unknown, _request: unknown, reply: FastifyReply) =>
        void refuseRequest(reply, { code: 'BAD_REQUEST' }),
    });
    this.#faults = faults;
    const fastify = this.getInstance();
    fastify.removeAllContentTypeParsers();
    fastify.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => {
      done(null, body);
    });
    fastify.addHook(
      'onRequest',
      gate(() => this.#closing),
    );
    fastify.server.on('checkExpectation', refuseExpectation);
    this.#inFlight.watch(fastify, () => this.#closing);
    fastify.setErrorHandler((error: FastifyError, _request: FastifyRequest, reply) =>
      this.#refuse(error, reply),
    );
  }

  /** Nest would put its own handlers here, whose answers quote the request. */
  override setErrorHandler(): ReturnType<FastifyAdapter['setErrorHandler']> {
    return this.getInstance();
  }

  override setNotFoundHandler(): ReturnType<FastifyAdapter['setNotFoundHandler']> {
    return this.getInstance();
  }

  /** Nest awaits this before it tears anything down: stop accepting, let what runs come to its end. */
  // eslint-disable-next-line @typescript-eslint/no-misused-promises -- typed void, but Nest awaits it
  override async beforeClose(): Promise<void> {
    super.beforeClose();
    this.#closing = true;
    await this.getInstance().close();
    await this.#inFlight.drained();
  }

  #refuse(error: FastifyError, reply: FastifyReply): FastifyReply {
    const status = error.statusCode ?? 500;
    if (status === 413) return refuseRequest(reply, { code: 'LIMIT_EXCEEDED' }, { status });
    if (status >= 400 && status < 500) return refuseRequest(reply, { code: 'BAD_REQUEST' }, { status });
    return refuseRequest(reply, { code: 'INTERNAL' }, { fault: this.#faults.record(error) });
  }
}
