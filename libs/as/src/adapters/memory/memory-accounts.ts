import type { ClientId } from '@phoenix/wire';
import type { IssuedCredential } from '../../domain/issued-credential.js';

/** Bytes as the key of a map. */
export const nameOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** A user as the memory adapters keep it: one client each, for now. */
export interface MemoryUser {
  readonly client: ClientId;
  opaqueRecord: Uint8Array;
  credential: Uint8Array;
  /** All that was issued and may still run, the current one included. */
  issued: Pick<IssuedCredential, 'fingerprint' | 'lastMonth'>[];
  /** Newest first, at most two. */
  profiles: { readonly keyId: Uint8Array; readonly profile: Uint8Array }[];
}

/** What the memory adapters of accounts share, as their Postgres twins share a database. For tests: forgets with the process. */
export class MemoryAccounts {
  /** By user id, as are the months of `deleted`; `invitations` and `revoked` by their hashes. */
  readonly users = new Map<string, MemoryUser>();
  readonly deleted = new Map<string, number>();
  readonly invitations = new Map<string, Uint8Array>();
  readonly revoked = new Map<string, Pick<IssuedCredential, 'fingerprint' | 'lastMonth'>>();
  #last: Promise<unknown> = Promise.resolve();

  user(id: Uint8Array): MemoryUser | undefined {
    return this.users.get(nameOf(id));
  }

  /** One at a time. */
  transaction<T>(work: () => Promise<T> | T): Promise<T> {
    const turn = this.#last.then(work, work);
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}
