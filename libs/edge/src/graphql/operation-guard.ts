import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { GqlExecutionContext } from '@nestjs/graphql';
import { RefusedError, unwrap } from '../errors/refused-error.js';
import { demandSignature, type EdgeContext } from './edge-context.js';
import { OPERATION_DEMAND, type OperationDemand } from './operation.decorator.js';

/** Holds each operation to what it declares; runs before the resolver's parameters are made. */
@Injectable()
export class OperationGuard implements CanActivate {
  readonly #reflector = new Reflector();

  canActivate(execution: ExecutionContext): boolean {
    const demand = this.#reflector.get<OperationDemand | undefined>(OPERATION_DEMAND, execution.getHandler());
    if (demand === undefined) throw new Error('an operation declares no demand');
    const context = GqlExecutionContext.create(execution).getContext<EdgeContext>();
    if (demand.signedBy !== undefined) {
      unwrap(demandSignature(context, { kind: demand.signedBy, optional: demand.optional ?? false }));
      return true;
    }
    // A signature nobody verifies would only tell who sent what is meant to be anonymous.
    if (context.signed !== undefined) throw new RefusedError({ code: 'SIGNATURE_INVALID' });
    return true;
  }
}
