import { lightOpaqueClient } from '../testing/light-opaque-client.js';
import { SerenityOpaqueClient } from './serenity-opaque-client.js';
import { SerenityOpaqueServer } from './serenity-opaque-server.js';

const PASSWORD = 'correct horse battery staple';
const identities = { client: 'b2f3…@example.com', server: 'example.com' };
const client = lightOpaqueClient();
const server = new SerenityOpaqueServer();

async function registered(by = client, password = PASSWORD) {
  const setup = await server.createSetup();
  const { state, request } = await by.startRegistration(password);
  const response = (await server.respond(setup, identities.client, request))!;
  const record = (await by.finishRegistration(password, state, response, identities))!;
  return { setup, record };
}

async function login(
  { setup, record }: { setup: Uint8Array; record: Uint8Array | undefined },
  { password = PASSWORD, by = client, asked = identities, answered = identities } = {},
) {
  const { state, message: ke1 } = await by.startLogin(password);
  const started = (await server.startLogin({ setup, record, ke1, identities: asked }))!;
  const ke3 = await by.finishLogin(password, state, started.message, answered);
  return { ...started, ke1, ke3 };
}

describe('OPAQUE', () => {
  it('lets in who knows the password', async () => {
    const { state, ke3 } = await login(await registered());
    expect(await server.finishLogin(state, ke3!)).toBe(true);
  });

  it('has messages of the sizes of RFC 9807 with ristretto255 and SHA-512', async () => {
    const account = await registered();
    const { request } = await client.startRegistration(PASSWORD);
    const { ke1, message: ke2, ke3 } = await login(account);
    const sizes = [request, account.record, ke1, ke2, ke3!].map(({ length }) => length);
    expect(sizes).toEqual([32, 192, 96, 320, 64]);
    expect(account.setup).toHaveLength(128);
  });

  it('gives who has a wrong password nothing to send', async () => {
    expect((await login(await registered(), { password: 'incorrect' })).ke3).toBeUndefined();
  });

  it('gives the right password nothing to send under other stretching, another user or another domain', async () => {
    const account = await registered();
    const harder = new SerenityOpaqueClient({ iterations: 2, memory: 8, parallelism: 1 });
    expect((await login(account, { by: harder })).ke3).toBeUndefined();
    const other = { ...identities, client: 'someone else' };
    expect((await login(account, { asked: other, answered: other })).ke3).toBeUndefined();
    expect(
      (await login(account, { answered: { ...identities, server: 'example.org' } })).ke3,
    ).toBeUndefined();
  });

  it('answers for a user without a record as for one with another password', async () => {
    const { setup } = await registered();
    const fake = await login({ setup, record: undefined });
    expect([fake.message.length, fake.ke3]).toEqual([320, undefined]);
  });

  it('refuses a KE3 of another login, changed or cut', async () => {
    const account = await registered();
    const [one, other] = [await login(account), await login(account)];
    const changed = one.ke3!.map((byte, i) => (i === 9 ? byte ^ 1 : byte));
    for (const wrong of [other.ke3!, changed, one.ke3!.slice(1), new Uint8Array(0)])
      expect(await server.finishLogin(one.state, wrong)).toBe(false);
  });

  it('answers nothing to what is no request, KE1 or record', async () => {
    const { setup, record } = await registered();
    for (const odd of [
      new Uint8Array(0),
      new Uint8Array(32),
      new Uint8Array(96),
      new Uint8Array(33).fill(7),
    ]) {
      expect(await server.respond(setup, identities.client, odd)).toBeUndefined();
      expect(await server.startLogin({ setup, record, ke1: odd, identities })).toBeUndefined();
      expect(await server.isRecord(odd)).toBe(false);
    }
    expect(await server.isRecord(new Uint8Array(192))).toBe(false);
    expect(await server.isRecord(record)).toBe(true);
  });

  it('finishes nothing with what a server makes up', async () => {
    const { state } = await client.startRegistration(PASSWORD);
    expect(await client.finishRegistration(PASSWORD, state, new Uint8Array(64), identities)).toBeUndefined();
    const login = await client.startLogin(PASSWORD);
    expect(await client.finishLogin(PASSWORD, login.state, new Uint8Array(320), identities)).toBeUndefined();
  });
});
