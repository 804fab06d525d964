import type { ApolloServerPlugin } from '@apollo/server';
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
} from 'graphql';
import { httpStatus } from '../errors/error-shape.js';
import { RefusedError } from '../errors/refused-error.js';
import { depthOf, fragmentsOf, hasAliasBelowRoot, rootFields } from './document-shape.js';
import type { EdgeContext } from './edge-context.js';

/** Root fields of an unsigned query. Signed requests and mutations have one: what is signed is one act (docs/protocol §4). */
const MAX_ROOT_FIELDS = 8;
/** What the introspection query of graphql-js needs; graphql-js itself limits how its lists nest. */
const INTROSPECTION_DEPTH = 16;

/** Refuses what validation lets through and we do not: several operations, several acts, deep nesting, answers that repeat themselves. */
export function documentLimits(depthLimit: number): ApolloServerPlugin<EdgeContext> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        didResolveOperation: ({ document, operation, contextValue, schema }) => {
          // Apollo itself refuses a request whose operation name names none.
          if (operation === undefined) return Promise.resolve();
          const isSigned = contextValue.signed !== undefined;
          const code = isServed(schema, operation)
            ? broken(document, operation, isSigned, depthLimit)
            : 'BAD_REQUEST';
          return code === undefined ? Promise.resolve() : Promise.reject(beforeExecution(code));
        },
      }),
  };
}

/** Validation does not mind an operation type that the schema lacks; execution would call it a fault of ours. */
function isServed(schema: GraphQLSchema, { operation }: OperationDefinitionNode): boolean {
  return operation !== OperationTypeNode.SUBSCRIPTION && Boolean(schema.getRootType(operation));
}

function broken(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  isSigned: boolean,
  depthLimit: number,
): 'LIMIT_EXCEEDED' | 'BAD_REQUEST' | undefined {
  const operations = document.definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  if (operations.length !== 1) return 'LIMIT_EXCEEDED';
  const fragments = fragmentsOf(document);
  const isOneAct = isSigned || operation.operation !== OperationTypeNode.QUERY;
  const atMost = isOneAct ? 1 : MAX_ROOT_FIELDS;
  const roots = rootFields(operation.selectionSet, fragments, atMost);
  if (roots.length > atMost) return 'LIMIT_EXCEEDED';
  if (hasAliasBelowRoot(operation.selectionSet, fragments)) return 'LIMIT_EXCEEDED';
  const introspects = roots.some((name) => name.startsWith('__'));
  if (introspects && isSigned) return 'BAD_REQUEST';
  const limit = roots.every((name) => name.startsWith('__')) ? INTROSPECTION_DEPTH : depthLimit;
  return depthOf(operation.selectionSet, fragments) > limit ? 'LIMIT_EXCEEDED' : undefined;
}

/** A refusal that Apollo answers with an HTTP status of its own, since nothing was executed. */
function beforeExecution(code: 'LIMIT_EXCEEDED' | 'BAD_REQUEST'): GraphQLError {
  return new GraphQLError(code, {
    originalError: new RefusedError({ code }),
    extensions: { http: { status: httpStatus(code) } },
  });
}
