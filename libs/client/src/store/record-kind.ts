import type { Codec } from '@phoenix/wire';

/** A kind of record: where its keys begin and how its values are encoded. */
export interface RecordKind<T> {
  readonly prefix: string;
  readonly codec: Codec<T>;
}

/** The keys of a kind are `<prefix><name>`; a kind of which there is one record has the empty name. */
export function recordKind<T>(prefix: string, codec: Codec<T>): RecordKind<T> {
  return { prefix, codec };
}
