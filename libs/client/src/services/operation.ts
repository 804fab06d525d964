import { encodeRequest, type GraphqlInput } from '../transport/graphql-request.js';
import type { Answer } from './answer.js';

/** One GraphQL field of a service, as this client calls it. */
export interface Operation<T> {
  readonly kind: 'query' | 'mutation';
  readonly field: string;
  /** The selection with its braces; empty for a scalar. */
  readonly selection: string;
  /** The type of its `input`, if it takes one. */
  readonly inputType?: string;
  /** Reads what came back; throws AnswerError when it is not of the promised shape. */
  readonly read: (answer: Answer) => T;
}

/** The body of one operation: one root field, the input as a variable. The same bytes sent again are the same request. */
export function prepare<T>(operation: Operation<T>, input?: Record<string, GraphqlInput>): Uint8Array {
  const { kind, field, selection, inputType } = operation;
  if (inputType === undefined) return encodeRequest({ query: `${kind}{${field}${selection}}` });
  const query = `${kind}($input:${inputType}!){${field}(input:$input)${selection}}`;
  return encodeRequest({ query, variables: { input } });
}
