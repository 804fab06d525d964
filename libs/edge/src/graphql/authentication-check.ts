import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { GqlExecutionContext } from '@nestjs/graphql';
import { map, type Observable } from 'rxjs';
import type { EdgeContext } from './edge-context.js';

/** Answers nothing where an operation took a signed request and never asked whether the signature is genuine. */
@Injectable()
export class AuthenticationCheck implements NestInterceptor {
  intercept(execution: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { signed } = GqlExecutionContext.create(execution).getContext<EdgeContext>();
    return next.handle().pipe(
      map((result: unknown) => {
        if (signed?.authenticated === false) throw new Error('a signed request was never authenticated');
        return result;
      }),
    );
  }
}
