import type { KeyKind, Outcome } from '@phoenix/wire';
import { done, refuse } from '@phoenix/wire';
import type { ReceivedSignature } from '../signature/received-signature.js';

/** What resolvers, guards and plugins see of a request. */
export interface EdgeContext {
  readonly signed: ReceivedSignature | undefined;
}

/** A signature that an operation asks for. */
export interface SignatureDemand {
  readonly kind: KeyKind;
  /** Whether a request without any is admitted, too. */
  readonly optional: boolean;
}

/** The request's signature, where one by this kind of key is demanded; undefined where it may be left out, and is. */
export function demandSignature(
  { signed }: EdgeContext,
  { kind, optional }: SignatureDemand,
): Outcome<ReceivedSignature | undefined> {
  if (signed === undefined) return optional ? done(undefined) : refuse('SIGNATURE_REQUIRED');
  return signed.keyId.kind === kind ? done(signed) : refuse('SIGNATURE_INVALID');
}
