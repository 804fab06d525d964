/** A GraphQL request over HTTP, its parts of the right types and not yet looked into. */
export interface GraphqlBody {
  readonly query: string;
  readonly operationName: string | null;
  readonly variables: Record<string, unknown> | null;
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The request in a body; undefined for anything but one JSON object of this shape: no batches, nothing but UTF-8. */
export function parseGraphqlBody(body: Uint8Array): GraphqlBody | undefined {
  const parsed = parseJson(body);
  if (!isObject(parsed)) return undefined;
  const { query, operationName = null, variables = null } = parsed;
  if (typeof query !== 'string') return undefined;
  if (operationName !== null && typeof operationName !== 'string') return undefined;
  if (variables !== null && !isObject(variables)) return undefined;
  return { query, operationName, variables };
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
