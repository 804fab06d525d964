import { type KeyPair, nodeCrypto, SerenityOpaqueServer } from '@phoenix/crypto';
import { lightOpaqueClient, SeededRandom, TestClock } from '@phoenix/crypto/testing';
import {
  type ClientCredential,
  clientCredential,
  type ClientCredentialPayload,
  clientCsr,
  decode,
  done,
  encode,
  equal,
  formatBase64Url,
  formatUserId,
  formatUuid,
  type Outcome,
  parseBase64Url,
  proofOfWorkHolds,
  refuse,
} from '@phoenix/wire';
import { DirectoryCache } from '../credentials/directory-cache.js';
import { Service } from '../services/service.js';
import { MemoryClientStore } from '../store/memory-client-store.js';
import { UnitOfWork } from '../store/unit-of-work.js';
import { CredentialAuthority } from '../testing/credential-authority.js';
import { obtainCredential } from './obtain-credential.js';
import type { NewAccount } from './registration-options.js';

const crypto = nodeCrypto(new SeededRandom('registrations'));
const NOW = Date.UTC(2026, 4, 20, 12);

/** An AS in memory that can be told to cheat, to lose an answer, or to let its tickets run out. */
class ScriptedAs {
  readonly authority = new CredentialAuthority(crypto, 'example.com', NOW);
  /** What `asCredentials` shows: another AS's, when it cheats. */
  shown = this.authority;
  cheat: (payload: ClientCredentialPayload) => Partial<ClientCredentialPayload> = () => ({});
  losesFinish = false;
  ticketsRunOut = 0;
  proofOfWork = 0;
  readonly #opaque = new SerenityOpaqueServer();
  readonly finished: Uint8Array[] = [];
  readonly brought: Record<string, string>[] = [];
  users = 0;

  send(body: Uint8Array): Promise<Outcome<unknown>> {
    const { query, variables } = JSON.parse(new TextDecoder().decode(body)) as {
      query: string;
      variables?: { input: Record<string, string> };
    };
    const bytes = (name: string) => parseBase64Url(variables!.input[name]!)!;
    if (query.includes('asCredentials')) return Promise.resolve(this.#credentials());
    if (query.includes('initUserRegistration')) return this.#init(bytes('opaqueRequest'));
    this.brought.push(variables!.input);
    return Promise.resolve(this.#finish(bytes('csr')));
  }

  #credentials(): Outcome<unknown> {
    const text = (list: readonly Uint8Array[]) => list.map(formatBase64Url);
    const { roots, intermediates } = this.shown.listed();
    return done({ asCredentials: { roots: text(roots), intermediates: text(intermediates), revoked: [] } });
  }

  async #init(request: Uint8Array): Promise<Outcome<unknown>> {
    this.users++;
    const uuid = crypto.random.uuid();
    const name = formatUserId({ uuid, domain: 'example.com' });
    const response = (await this.#opaque.respond(await this.#opaque.createSetup(), name, request))!;
    const begun = { userId: formatUuid(uuid), ticket: 'AAAA', opaqueResponse: formatBase64Url(response) };
    const terms = { invitation: false, proofOfWork: this.proofOfWork };
    return done({ initUserRegistration: { ...begun, ...terms } });
  }

  #finish(csr: Uint8Array): Outcome<unknown> {
    if (this.ticketsRunOut-- > 0) return refuse('TICKET_INVALID');
    this.finished.push(csr);
    if (this.losesFinish) return refuse('UNAVAILABLE');
    const { clientId, publicKey, selfSignature } = decode(clientCsr, csr);
    const asked = { clientId, publicKey } as ClientCredentialPayload;
    const credential = this.#signed({ ...asked, ...this.cheat(asked) }, selfSignature);
    return done({
      finishUserRegistration: { credential: formatBase64Url(encode(clientCredential, credential)) },
    });
  }

  #signed(payload: Partial<ClientCredentialPayload>, selfSignature: Uint8Array): ClientCredential {
    return this.authority.sign({ ...this.authority.client().credential.payload, ...payload }, selfSignature);
  }
}

function newcomer(as: ScriptedAs) {
  const clock = new TestClock(NOW);
  const service = new Service(as, () => Promise.resolve());
  const directories = new DirectoryCache(crypto, clock, 'example.com', service);
  const context = { domain: 'example.com', crypto, clock, as: service, directories };
  const store = new MemoryClientStore();
  const account = { password: 'a password', opaque: lightOpaqueClient() };
  return {
    register: (more: Partial<NewAccount> = {}) =>
      obtainCredential(context, new UnitOfWork(store), { ...account, ...more }),
  };
}
const refusedBy = (rule: string) => ({
  refusal: { code: 'INVALID_CREDENTIAL', rule: `client.credential.${rule}` },
});

describe('a registration', () => {
  it('brings a credential over the key that was drawn here, under the id that the AS drew', async () => {
    const as = new ScriptedAs();
    const obtained = await newcomer(as).register();
    if (!obtained.ok) throw new Error(obtained.refusal.rule);
    const { credential, credentialKey } = obtained.value;
    expect(credential.payload.publicKey).toEqual(crypto.signer.publicKey(credentialKey));
    expect(credential.payload.clientId.user.domain).toBe('example.com');
  });

  it('refuses a credential over another key or for another client', async () => {
    const other: KeyPair = crypto.signer.generateKeyPair();
    const swappedKey = new ScriptedAs();
    swappedKey.cheat = () => ({ publicKey: other.publicKey });
    expect(await newcomer(swappedKey).register()).toMatchObject(refusedBy('own'));
    const swappedId = new ScriptedAs();
    swappedId.cheat = ({ clientId }) => ({ clientId: { ...clientId, uuid: crypto.random.uuid() } });
    expect(await newcomer(swappedId).register()).toMatchObject(refusedBy('own'));
  });

  it('refuses a credential that hangs on no root that the AS shows', async () => {
    const as = new ScriptedAs();
    as.shown = new CredentialAuthority(crypto, 'example.com', NOW);
    expect(await newcomer(as).register()).toMatchObject(refusedBy('signer'));
  });

  it('goes on with the same user and the same key after an answer was lost', async () => {
    const as = new ScriptedAs();
    const { register } = newcomer(as);
    as.losesFinish = true;
    expect(await register()).toMatchObject({ refusal: { code: 'UNAVAILABLE' } });
    as.losesFinish = false;
    expect((await register()).ok).toBe(true);
    expect(as.users).toBe(1);
    expect(as.finished.every((csr) => equal(csr, as.finished[0]!))).toBe(true);
  });

  it('begins anew when its ticket has run out in between', async () => {
    const as = new ScriptedAs();
    const { register } = newcomer(as);
    as.losesFinish = true;
    await register();
    as.losesFinish = false;
    as.ticketsRunOut = 1;
    expect((await register()).ok).toBe(true);
    expect(as.users).toBe(2);
  });

  it('brings its invitation, and the same again after an answer was lost', async () => {
    const as = new ScriptedAs();
    const { register } = newcomer(as);
    as.losesFinish = true;
    await register({ invitation: 'a code' });
    as.losesFinish = false;
    expect((await register({ invitation: 'another' })).ok).toBe(true);
    expect(new Set(as.brought.map(({ invitation }) => invitation))).toEqual(new Set(['a code']));
    expect(new Set(as.brought.map(({ opaqueRecord }) => opaqueRecord)).size).toBe(1);
  });

  it('works for its ticket as hard as it is asked to, within reason', async () => {
    const as = new ScriptedAs();
    as.proofOfWork = 10;
    expect((await newcomer(as).register()).ok).toBe(true);
    const nonce = parseBase64Url(as.brought[0]!.proofOfWork!)!;
    const sha256 = (bytes: Uint8Array) => crypto.sha256(bytes);
    expect(proofOfWorkHolds(sha256, parseBase64Url('AAAA')!, nonce, 10)).toBe(true);
    as.proofOfWork = 25;
    expect(await newcomer(as).register()).toMatchObject({ refusal: { rule: 'client.registration.work' } });
  });

  it('keeps no password, nor anything that one could be guessed with alone', async () => {
    const as = new ScriptedAs();
    const { register } = newcomer(as);
    await register({ password: 'a very long and unlikely password' });
    for (const brought of as.brought) expect(JSON.stringify(brought)).not.toContain('unlikely');
  });
});
