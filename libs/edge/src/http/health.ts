import type { FastifyInstance } from 'fastify';
import type { FaultLog } from '../log/fault-log.js';
import { HEALTH_PATH } from './gate.js';
import { refuseRequest } from './refuse-request.js';

const RETRY_MS = 1_000;

/** GET /health: 200 where the service can do its work, else UNAVAILABLE. It says no more than that to whoever asks. */
export function serveHealth(
  fastify: FastifyInstance,
  isHealthy: () => Promise<boolean>,
  faults: FaultLog,
): void {
  const ask = (): Promise<boolean> =>
    isHealthy().catch((error: unknown) => {
      faults.unavailable(error);
      return false;
    });
  fastify.get(HEALTH_PATH, async (_request, reply) =>
    (await ask())
      ? reply.send({ status: 'ok' })
      : refuseRequest(reply, { code: 'UNAVAILABLE', retryAfterMs: RETRY_MS }),
  );
}
