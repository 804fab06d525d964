/** Who talks to whom, as OPAQUE binds it into its keys: the user id and the home domain, written out (RFC 9807 §4, §6.4). */
export interface OpaqueIdentities {
  readonly client: string;
  readonly server: string;
}

/** A registration between its two messages; `state` is secret and the caller's to wipe. */
export interface StartedOpaqueRegistration {
  readonly state: Uint8Array;
  /** The RegistrationRequest, 32 bytes. */
  readonly request: Uint8Array;
}

/** A login between its messages; `state` is secret. */
export interface StartedOpaqueLogin {
  readonly state: Uint8Array;
  readonly message: Uint8Array;
}

/**
 * The client's half of OPAQUE (RFC 9807) over ristretto255 and SHA-512: the password never leaves it, and how hard it is
 * stretched is decided here alone. What a server sent and does not fit comes back as undefined.
 */
export abstract class OpaqueClient {
  abstract startRegistration(password: string): Promise<StartedOpaqueRegistration>;
  /** The RegistrationRecord, 192 bytes, for the server to keep. */
  abstract finishRegistration(
    password: string,
    state: Uint8Array,
    response: Uint8Array,
    identities: OpaqueIdentities,
  ): Promise<Uint8Array | undefined>;
  /** KE1, 96 bytes. */
  abstract startLogin(password: string): Promise<StartedOpaqueLogin>;
  /** KE3, 64 bytes; undefined for a wrong password as for a server that does not hold the record. */
  abstract finishLogin(
    password: string,
    state: Uint8Array,
    ke2: Uint8Array,
    identities: OpaqueIdentities,
  ): Promise<Uint8Array | undefined>;
}

/** What a login is started with. Without a record it is answered by a fake, so that nobody learns who has none (RFC 9807 §6.3.2.2). */
export interface OpaqueLoginRequest {
  readonly setup: Uint8Array;
  readonly record: Uint8Array | undefined;
  readonly ke1: Uint8Array;
  readonly identities: OpaqueIdentities;
}

/** The server's half. `setup` is its OPRF seed and key pair: whoever has it and the records can guess passwords offline. */
export abstract class OpaqueServer {
  /** A new set-up, 128 bytes. Every record hangs on it: it is never replaced. */
  abstract createSetup(): Promise<Uint8Array>;
  /** The RegistrationResponse, 64 bytes, for the user of that name; undefined where the request is none. */
  abstract respond(setup: Uint8Array, client: string, request: Uint8Array): Promise<Uint8Array | undefined>;
  /** Whether the bytes are a RegistrationRecord. */
  abstract isRecord(record: Uint8Array): Promise<boolean>;
  /** KE2, 320 bytes, and the state to finish with; undefined where KE1 is none. */
  abstract startLogin(request: OpaqueLoginRequest): Promise<StartedOpaqueLogin | undefined>;
  /** Whether KE3 shows that its sender knew the password. */
  abstract finishLogin(state: Uint8Array, ke3: Uint8Array): Promise<boolean>;
}
