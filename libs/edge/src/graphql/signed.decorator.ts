import { createParamDecorator } from '@nestjs/common';
import { GqlExecutionContext } from '@nestjs/graphql';
import type { KeyKind } from '@phoenix/wire';
import { unwrap } from '../errors/refused-error.js';
import { demandSignature, type EdgeContext, type SignatureDemand } from './edge-context.js';

const inject = createParamDecorator<SignatureDemand>((demand, execution) => {
  return unwrap(demandSignature(GqlExecutionContext.create(execution).getContext<EdgeContext>(), demand));
});

/**
 * Injects the SignedRequest of a resolver whose operation demands a signature by this kind of key; where it is optional,
 * undefined for a request that carries no signature at all.
 */
export function Signed(
  kind: KeyKind,
  { optional = false }: { readonly optional?: boolean } = {},
): ParameterDecorator {
  return inject({ kind, optional });
}
