import type { KeyKind, Outcome } from '@phoenix/wire';
import { done, refuse } from '@phoenix/wire';
import type { ReceivedSignature } from '../signature/received-signature.js';

/** What resolvers, guards and plugins see of a request. */
export interface EdgeContext {
  readonly signed: ReceivedSignature | undefined;
}

/** The request's signature, where one by this kind of key is demanded. */
export function demandSignature(context: EdgeContext, kind: KeyKind): Outcome<ReceivedSignature> {
  if (context.signed === undefined) return refuse('SIGNATURE_REQUIRED');
  return context.signed.keyId.kind === kind ? done(context.signed) : refuse('SIGNATURE_INVALID');
}
