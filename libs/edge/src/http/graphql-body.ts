/** A GraphQL request over HTTP, its parts of the right types and not yet looked into. */
export interface GraphqlBody {
  readonly query: string;
  readonly operationName?: string | null;
  readonly variables?: Record<string, unknown> | null;
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The request in a body; undefined for anything but one JSON object of this shape: no batches, nothing but UTF-8. */
export function parseGraphqlBody(body: Uint8Array): GraphqlBody | undefined {
  const parsed = parseJson(body);
  if (!isObject(parsed)) return undefined;
  const { query, operationName, variables } = parsed;
  if (typeof query !== 'string' || !isAbsentOr(operationName, 'string')) return undefined;
  if (!isAbsentOr(variables, 'object') || Array.isArray(variables)) return undefined;
  return { query, operationName, variables } as GraphqlBody;
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

function isAbsentOr(value: unknown, type: 'string' | 'object'): boolean {
  return value === undefined || value === null || typeof value === type;
}
