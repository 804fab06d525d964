import { formatBase64Url as text } from '@phoenix/wire';
import { client, ready, server } from '@serenity-kit/opaque';
import { type OpaqueLoginRequest, OpaqueServer, type StartedOpaqueLogin } from '../ports/opaque.js';
import { attempted, bytes } from './serenity-bytes.js';

/** OpaqueServer by @serenity-kit/opaque. */
export class SerenityOpaqueServer extends OpaqueServer {
  #probe: { setup: string; ke1: string } | undefined;

  async createSetup(): Promise<Uint8Array> {
    await ready;
    return bytes(server.createSetup());
  }

  async respond(setup: Uint8Array, user: string, request: Uint8Array): Promise<Uint8Array | undefined> {
    await ready;
    return attempted(() => {
      const answer = server.createRegistrationResponse({
        serverSetup: text(setup),
        userIdentifier: user,
        registrationRequest: text(request),
      });
      return bytes(answer.registrationResponse);
    });
  }

  /** The library has no decoder of its own for records: one is a record if a login can be started with it. */
  async isRecord(record: Uint8Array): Promise<boolean> {
    await ready;
    this.#probe ??= {
      setup: server.createSetup(),
      ke1: client.startLogin({ password: '' }).startLoginRequest,
    };
    const { setup, ke1 } = this.#probe;
    const started = attempted(() =>
      server.startLogin({
        serverSetup: setup,
        registrationRecord: text(record),
        startLoginRequest: ke1,
        userIdentifier: '',
      }),
    );
    return started !== undefined;
  }

  async startLogin({
    setup,
    record,
    ke1,
    identities,
  }: OpaqueLoginRequest): Promise<StartedOpaqueLogin | undefined> {
    await ready;
    return attempted(() => {
      const started = server.startLogin({
        serverSetup: text(setup),
        registrationRecord: record && text(record),
        startLoginRequest: text(ke1),
        userIdentifier: identities.client,
        identifiers: identities,
      });
      return { state: bytes(started.serverLoginState), message: bytes(started.loginResponse) };
    });
  }

  async finishLogin(state: Uint8Array, ke3: Uint8Array): Promise<boolean> {
    await ready;
    const finished = attempted(() =>
      server.finishLogin({ serverLoginState: text(state), finishLoginRequest: text(ke3) }),
    );
    return finished !== undefined;
  }
}
