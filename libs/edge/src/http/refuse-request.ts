import type { Refusal } from '@phoenix/wire';
import type { FastifyReply } from 'fastify';
import { errorShape, httpStatus } from '../errors/error-shape.js';

/** The body of every answer that is not GraphQL's own, so that clients need to know one shape. */
export function errorBody(refusal: Refusal, fault?: string): string {
  return JSON.stringify({ errors: [errorShape(refusal, fault)] });
}

/** Answers a request that got no further than HTTP. */
export function refuseRequest(
  reply: FastifyReply,
  refusal: Refusal,
  options: { readonly status?: number; readonly fault?: string } = {},
): FastifyReply {
  return reply
    .code(options.status ?? httpStatus(refusal.code))
    .type('application/json; charset=utf-8')
    .send(errorBody(refusal, options.fault));
}
