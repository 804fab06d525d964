import { done, type Outcome, refuse } from '@phoenix/wire';

/** A GraphQL request over HTTP, its parts of the right types and not yet looked into. */
export interface GraphqlBody {
  readonly query: string;
  readonly operationName: string | null;
  readonly variables: Record<string, unknown> | null;
}

/** How deep variables may nest: four times what any operation needs. */
const MAX_DEPTH = 8;
/** Members of one object. GraphQL quotes a whole object in its error for each member that it does not know. */
const MAX_MEMBERS = 32;
/** Values of all variables: the longest list is one entry a member of a large group. */
const MAX_VALUES = 10_000;

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * The request in a body. Refuses with BAD_REQUEST for anything but one JSON object of this shape (no batches, nothing but
 * UTF-8), with LIMIT_EXCEEDED for variables that are many: a few megabytes of tiny values would keep GraphQL busy for seconds.
 */
export function parseGraphqlBody(body: Uint8Array): Outcome<GraphqlBody> {
  const parsed = parseJson(body);
  if (!isObject(parsed)) return refuse('BAD_REQUEST');
  const { query, operationName = null, variables = null } = parsed;
  if (typeof query !== 'string') return refuse('BAD_REQUEST');
  if (operationName !== null && typeof operationName !== 'string') return refuse('BAD_REQUEST');
  if (variables !== null && !isObject(variables)) return refuse('BAD_REQUEST');
  const isFew = valuesLeft(variables, MAX_DEPTH, MAX_VALUES) >= 0;
  return isFew ? done({ query, operationName, variables }) : refuse('LIMIT_EXCEEDED');
}

/** How many more values there may be after this one and all within it; negative once a limit is exceeded. */
function valuesLeft(value: unknown, depth: number, atMost: number): number {
  if (typeof value !== 'object' || value === null) return atMost - 1;
  const members: unknown[] = Array.isArray(value) ? value : Object.values(value);
  if (depth === 0 || (!Array.isArray(value) && members.length > MAX_MEMBERS)) return -1;
  let left = atMost - 1;
  for (const member of members) {
    if (left < 0) break;
    left = valuesLeft(member, depth - 1, left);
  }
  return left;
}

function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(decoder.decode(body));
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
