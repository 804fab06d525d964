import type { StoreWrite } from './client-store.js';

/** What a store holds. */
export type Entries = Map<string, Uint8Array>;

/** The entries after a batch; the given ones stay as they are, so a failed write changes nothing. */
export function applied(entries: Entries, batch: readonly StoreWrite[]): Entries {
  const next = new Map(entries);
  for (const { key, value } of batch) {
    if (value === undefined) next.delete(key);
    else next.set(key, value.slice());
  }
  return next;
}

/** The keys that begin with `prefix`, in code-unit order. */
export function keysOf(entries: Entries, prefix: string): string[] {
  return [...entries.keys()].filter((key) => key.startsWith(prefix)).sort();
}
