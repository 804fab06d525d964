import { formatBase64Url, utf8 } from '@phoenix/wire';

/** A GraphQL value as the client holds it: bytes for `Bytes`, bigint for `UInt64`. */
export type GraphqlInput =
  | string
  | number
  | boolean
  | bigint
  | null
  | undefined
  | Uint8Array
  | readonly GraphqlInput[]
  | { readonly [name: string]: GraphqlInput };

export interface GraphqlRequest {
  /** One operation with one root field. Values belong in the variables: servers remember documents that hold none. */
  readonly query: string;
  readonly variables?: { readonly [name: string]: GraphqlInput };
}

/** The body of a request. Keep it to try again: services recognise a retry by its exact bytes. */
export function encodeRequest({ query, variables }: GraphqlRequest): Uint8Array {
  return utf8(JSON.stringify({ query, variables: toJson(variables) }));
}

function toJson(value: GraphqlInput): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Uint8Array) return formatBase64Url(value);
  if (Array.isArray(value)) return value.map((item: GraphqlInput) => toJson(item));
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, toJson(member)]));
}
