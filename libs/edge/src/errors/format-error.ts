import { ApolloServerErrorCode } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { EdgeRuntime } from '../edge-runtime.js';
import { type ErrorShape, errorShape } from './error-shape.js';
import { RefusedError } from './refused-error.js';
import { Unavailable } from './unavailable.js';

/** Apollo's and GraphQL's own complaints, all about the request. Their texts quote it, so no more than this is kept. */
const CLIENT_FAULTS: ReadonlySet<unknown> = new Set<string>([
  ApolloServerErrorCode.BAD_REQUEST,
  ApolloServerErrorCode.BAD_USER_INPUT,
  ApolloServerErrorCode.GRAPHQL_PARSE_FAILED,
  ApolloServerErrorCode.GRAPHQL_VALIDATION_FAILED,
  ApolloServerErrorCode.OPERATION_RESOLUTION_FAILURE,
  ApolloServerErrorCode.PERSISTED_QUERY_NOT_FOUND,
  ApolloServerErrorCode.PERSISTED_QUERY_NOT_SUPPORTED,
]);

/** How graphql-js says that a document has too many tokens; it has no code of its own. */
const TOO_MANY_TOKENS = 'Syntax Error: Document contains more';
/** When to come back where nothing says better. */
const RETRY_MS = 1_000;
/** How graphql-js ends its list of wrong variables; Apollo takes it for a fault of ours. */
const TOO_MANY_ERRORS = 'Too many errors processing variables';

/** Apollo's `formatError`: fixed text by code, no path and no locations, since those name the caller's own aliases. */
export function errorFormatter({
  faults,
  isPassing,
}: Pick<EdgeRuntime, 'faults' | 'isPassing'>): (
  formatted: GraphQLFormattedError,
  error: unknown,
) => ErrorShape {
  return (formatted, error) => {
    const thrown = error instanceof GraphQLError ? (error.originalError ?? error) : error;
    if (thrown instanceof RefusedError) return errorShape(thrown.refusal);
    if (thrown instanceof Unavailable || isPassing(thrown)) {
      faults.unavailable(thrown);
      const retryAfterMs = thrown instanceof Unavailable ? thrown.retryAfterMs : RETRY_MS;
      return errorShape({ code: 'UNAVAILABLE', retryAfterMs });
    }
    if (!isClientFault(formatted, thrown)) {
      return errorShape({ code: 'INTERNAL' }, faults.record(thrown));
    }
    const tooLong = formatted.message.startsWith(TOO_MANY_TOKENS);
    return errorShape({ code: tooLong ? 'LIMIT_EXCEEDED' : 'BAD_REQUEST' });
  };
}

function isClientFault({ extensions }: GraphQLFormattedError, thrown: unknown): boolean {
  if (CLIENT_FAULTS.has(extensions?.['code'])) return true;
  return thrown instanceof GraphQLError && thrown.message.startsWith(TOO_MANY_ERRORS);
}
