import { type KeyPair, nodeCrypto } from '@phoenix/crypto';
import { SeededRandom, TestClock } from '@phoenix/crypto/testing';
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
  formatUuid,
  type Outcome,
  parseBase64Url,
  refuse,
} from '@phoenix/wire';
import { DirectoryCache } from '../credentials/directory-cache.js';
import { Service } from '../services/service.js';
import { MemoryClientStore } from '../store/memory-client-store.js';
import { UnitOfWork } from '../store/unit-of-work.js';
import { CredentialAuthority } from '../testing/credential-authority.js';
import { obtainCredential } from './obtain-credential.js';

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
  readonly finished: Uint8Array[] = [];
  users = 0;

  send(body: Uint8Array): Promise<Outcome<unknown>> {
    const { query, variables } = JSON.parse(new TextDecoder().decode(body)) as {
      query: string;
      variables?: { input: { csr: string } };
    };
    if (query.includes('asCredentials')) return Promise.resolve(this.#credentials());
    if (query.includes('initUserRegistration')) return Promise.resolve(this.#init());
    return Promise.resolve(this.#finish(parseBase64Url(variables!.input.csr)!));
  }

  #credentials(): Outcome<unknown> {
    const text = (list: readonly Uint8Array[]) => list.map(formatBase64Url);
    const { roots, intermediates } = this.shown.listed();
    return done({ asCredentials: { roots: text(roots), intermediates: text(intermediates), revoked: [] } });
  }

  #init(): Outcome<unknown> {
    this.users++;
    return done({ initUserRegistration: { userId: formatUuid(crypto.random.uuid()), ticket: 'AAAA' } });
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
  return { register: () => obtainCredential(context, new UnitOfWork(store)) };
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
});
