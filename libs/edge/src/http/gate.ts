import type { FastifyReply, FastifyRequest } from 'fastify';
import { refuseRequest } from './refuse-request.js';

export const GRAPHQL_PATH = '/graphql';
export const HEALTH_PATH = '/health';

const METHODS: ReadonlyMap<string, string> = new Map([
  [GRAPHQL_PATH, 'POST'],
  [HEALTH_PATH, 'GET'],
]);
const RETRY_ELSEWHERE_MS = 1_000;

/**
 * Lets through what the service has: POST /graphql and GET /health, spelt exactly so and without a query string. Routers fold
 * case, slashes and escapes, Apollo answers GET: what they would make of a request must not matter.
 */
export function gate(isClosing: () => boolean) {
  return (request: FastifyRequest, reply: FastifyReply, next: () => void): void => {
    const { method = '', url = '', headers } = request.raw;
    const [path = ''] = url.split('?', 1);
    const allowed = METHODS.get(path);
    reply.header('cache-control', 'no-store').header('x-content-type-options', 'nosniff');
    if (isClosing()) refuseRequest(reply, { code: 'UNAVAILABLE', retryAfterMs: RETRY_ELSEWHERE_MS });
    else if (allowed === undefined) refuseRequest(reply, { code: 'NOT_FOUND' }, { status: 404 });
    else if (method !== allowed)
      refuseRequest(reply.header('allow', allowed), { code: 'BAD_REQUEST' }, { status: 405 });
    else if (url !== path || !isHost(headers.host)) refuseRequest(reply, { code: 'BAD_REQUEST' });
    else next();
  };
}

/** Apollo's Fastify integration makes a URL of the Host field, and throws where it cannot. */
function isHost(host: string | undefined): boolean {
  return host !== undefined && URL.canParse(`http://${host}/`);
}
