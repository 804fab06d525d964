import { createParamDecorator } from '@nestjs/common';
import { GqlExecutionContext } from '@nestjs/graphql';
import type { KeyKind } from '@phoenix/wire';
import { unwrap } from '../errors/refused-error.js';
import { demandSignature, type EdgeContext } from './edge-context.js';

/** Injects the SignedRequest of a resolver whose operation demands a signature by this kind of key. */
export const Signed: (kind: KeyKind) => ParameterDecorator = createParamDecorator<KeyKind>(
  (kind, execution) => {
    return unwrap(demandSignature(GqlExecutionContext.create(execution).getContext<EdgeContext>(), kind));
  },
);
