import { nodeCrypto } from '@phoenix/crypto';
import {
  clientCredential,
  type ConnectionPackage,
  connectionPackageTbs,
  connectionPackageValidity,
  encode,
  formatUserId,
  LABELS,
  signedConnectionPackage,
} from '@phoenix/wire';
import { verifyAsDirectory } from '../credentials/as-directory.js';
import { CredentialAuthority } from '../testing/credential-authority.js';
import { verifySignedPackage } from './take-package.js';

const crypto = nodeCrypto();
const NOW = Date.UTC(2026, 4, 17, 12);
const authority = new CredentialAuthority(crypto, 'example.com', NOW);
const bob = authority.client();
const { clientId } = bob.credential.payload;
const target = { kind: 'user', written: formatUserId(clientId.user), user: clientId.user } as const;
const lifetime = connectionPackageValidity(NOW);
const honest = { encryptionKey: crypto.hpke.generateKeyPair().publicKey, lifetime, lastResort: false };

const listed = verifyAsDirectory(crypto, 'example.com', authority.listed());
if (!listed.ok) throw new Error('the authority does not hold');
const judgement = {
  directories: new Map([['example.com', listed.value]]),
  presence: 'entering' as const,
  nowMs: NOW,
  knownKeys: new Map<string, Uint8Array[]>(),
};

function signed(content: ConnectionPackage, signer = bob): { package: Uint8Array; credential: Uint8Array } {
  const tbs = encode(connectionPackageTbs, { clientId, connectionPackage: content });
  const signature = crypto.signWithLabel(signer.keys.privateKey, LABELS.connectionPackage, tbs);
  return {
    package: encode(signedConnectionPackage, { connectionPackage: content, signature }),
    credential: encode(clientCredential, signer.credential),
  };
}

const ruleOf = (taken: ReturnType<typeof signed>, changes: Partial<typeof judgement> = {}) => {
  const verified = verifySignedPackage(crypto, target, taken, { ...judgement, ...changes });
  return verified.ok ? 'holds' : verified.refusal.rule;
};

describe('a connection package taken under a user id', () => {
  it('holds when its user’s key has signed it', () => {
    expect(ruleOf(signed(honest))).toBe('holds');
    expect(ruleOf(signed(honest), { knownKeys: new Map([[target.written, [bob.keys.publicKey]]]) })).toBe(
      'holds',
    );
  });

  it('client.connection-package.decode: is refused when it is none', () => {
    const taken = signed(honest);
    expect(ruleOf({ ...taken, package: taken.package.subarray(1) })).toBe('client.connection-package.decode');
    expect(ruleOf({ ...taken, credential: new Uint8Array(3) })).toBe('client.connection-package.decode');
  });

  it('client.connection-package.user: is refused when it is another’s', () => {
    expect(ruleOf(signed(honest, authority.client()))).toBe('client.connection-package.user');
  });

  it('client.connection-package.signature: is refused when another key signed it', () => {
    const taken = {
      ...signed(honest, authority.client({ clientId })),
      credential: signed(honest).credential,
    };
    expect(ruleOf(taken)).toBe('client.connection-package.signature');
  });

  it('client.contact.identity: is refused under another key than the one its user is known by', () => {
    const second = authority.client({ clientId });
    const knownKeys = new Map([[target.written, [bob.keys.publicKey]]]);
    expect(ruleOf(signed(honest, second), { knownKeys })).toBe('client.contact.identity');
  });

  it('client.connection-package.key: is refused when nothing can be sealed to it', () => {
    expect(ruleOf(signed({ ...honest, encryptionKey: new Uint8Array(32) }))).toBe(
      'client.connection-package.key',
    );
  });

  it('client.connection-package.lifetime: is refused when it has run out, has not begun, or stands out', () => {
    const shifted = { notBefore: lifetime.notBefore + 1n, notAfter: lifetime.notAfter + 1n };
    const past = connectionPackageValidity(Date.UTC(2026, 0, 1));
    const future = connectionPackageValidity(Date.UTC(2026, 7, 1));
    for (const each of [shifted, past, future])
      expect(ruleOf(signed({ ...honest, lifetime: each }))).toBe('client.connection-package.lifetime');
  });
});
