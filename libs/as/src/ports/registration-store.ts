import type { ClientId } from '@phoenix/wire';

/** Where registered users and their clients are. */
export abstract class RegistrationStore {
  /**
   * Makes the user and its first client unless the user exists, and answers the encoded credential stored for that client:
   * the new one or, where the user existed, the one it has. Undefined where the user exists without such a client.
   *
   * `sign` is called inside the transaction that makes the user, at most once: a credential is signed for a user that
   * exists or not at all. Of any number of concurrent calls for one user exactly one makes it.
   */
  abstract register(client: ClientId, sign: () => Promise<Uint8Array>): Promise<Uint8Array | undefined>;
}
