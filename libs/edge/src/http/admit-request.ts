import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Admission } from '../signature/admission.js';
import type { ReceivedSignature } from '../signature/received-signature.js';
import { parseGraphqlBody } from './graphql-body.js';
import { refuseRequest } from './refuse-request.js';

const signatures = new WeakMap<FastifyRequest, ReceivedSignature>();

/** The signature that an admitted request carries; undefined for none. */
export function admittedSignature(request: FastifyRequest): ReceivedSignature | undefined {
  return signatures.get(request);
}

/** A `preHandler`: admits the exact bytes of the body, then parses them, so that nothing unauthenticated is re-serialised. */
export function admitRequest(admission: Admission) {
  return (request: FastifyRequest, reply: FastifyReply, next: () => void): void => {
    const body = request.body;
    if (request.method !== 'POST') {
      next();
      return;
    }
    if (!Buffer.isBuffer(body)) return void refuseRequest(reply, { code: 'BAD_REQUEST' });
    const admitted = admission.admit(fieldsOf(request), body);
    const parsed = admitted.ok ? parseGraphqlBody(body) : admitted;
    // It may hold an EAR key: the copy that is ours to wipe does not outlive the checks that need its bytes.
    body.fill(0);
    if (!admitted.ok) return void refuseRequest(reply, admitted.refusal);
    if (!parsed.ok) return void refuseRequest(reply, parsed.refusal);
    if (admitted.value !== undefined) signatures.set(request, admitted.value);
    request.body = parsed.value;
    next();
  };
}

function fieldsOf({ headers }: FastifyRequest): Parameters<Admission['admit']>[0] {
  return {
    contentDigest: single(headers['content-digest']),
    signatureInput: single(headers['signature-input']),
    signature: single(headers['signature']),
    authorization: headers.authorization,
  };
}

/** Node joins repeated fields with a comma, which no canonical form holds; arrays it makes of `set-cookie` alone. */
function single(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join(', ') : value;
}
