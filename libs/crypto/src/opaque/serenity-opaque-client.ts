import { formatBase64Url as text } from '@phoenix/wire';
import { client, ready } from '@serenity-kit/opaque';
import {
  OpaqueClient,
  type OpaqueIdentities,
  type StartedOpaqueLogin,
  type StartedOpaqueRegistration,
} from '../ports/opaque.js';
import { attempted, bytes } from './serenity-bytes.js';

/** Argon2id's parameters; memory in KiB. */
export interface KeyStretching {
  readonly iterations: number;
  readonly memory: number;
  readonly parallelism: number;
}

/**
 * RFC 9106's second recommended option: 3 passes over 64 MiB. The first wants 2 GiB, which phones and browsers do not have.
 * A record and its logins need the same parameters.
 */
export const STRONG_STRETCHING: KeyStretching = { iterations: 3, memory: 64 * 1024, parallelism: 4 };

/** OpaqueClient by @serenity-kit/opaque, WebAssembly that runs in browsers and on Node alike. */
export class SerenityOpaqueClient extends OpaqueClient {
  readonly #keyStretching: { 'argon2id-custom': KeyStretching };

  constructor(stretching: KeyStretching = STRONG_STRETCHING) {
    super();
    this.#keyStretching = { 'argon2id-custom': stretching };
  }

  async startRegistration(password: string): Promise<StartedOpaqueRegistration> {
    await ready;
    const started = client.startRegistration({ password });
    return { state: bytes(started.clientRegistrationState), request: bytes(started.registrationRequest) };
  }

  async finishRegistration(
    password: string,
    state: Uint8Array,
    response: Uint8Array,
    identities: OpaqueIdentities,
  ): Promise<Uint8Array | undefined> {
    await ready;
    return attempted(() => {
      const finished = client.finishRegistration({
        password,
        identifiers: identities,
        keyStretching: this.#keyStretching,
        clientRegistrationState: text(state),
        registrationResponse: text(response),
      });
      return bytes(finished.registrationRecord);
    });
  }

  async startLogin(password: string): Promise<StartedOpaqueLogin> {
    await ready;
    const started = client.startLogin({ password });
    return { state: bytes(started.clientLoginState), message: bytes(started.startLoginRequest) };
  }

  async finishLogin(
    password: string,
    state: Uint8Array,
    ke2: Uint8Array,
    identities: OpaqueIdentities,
  ): Promise<Uint8Array | undefined> {
    await ready;
    return attempted(() => {
      const finished = client.finishLogin({
        password,
        identifiers: identities,
        keyStretching: this.#keyStretching,
        clientLoginState: text(state),
        loginResponse: text(ke2),
      });
      return finished && bytes(finished.finishLoginRequest);
    });
  }
}
