import type { OpaqueClient } from '@phoenix/crypto';

/** What a new user brings. */
export interface NewAccount {
  /** The second factor of what cannot be undone; it never leaves this device. It is asked for again, never kept. */
  readonly password: string;
  /** `SerenityOpaqueClient` of @phoenix/crypto/opaque: how it stretches the password is decided with it, once for all. */
  readonly opaque: OpaqueClient;
  /** Where the homeserver registers by invitation. */
  readonly invitation?: string;
}
