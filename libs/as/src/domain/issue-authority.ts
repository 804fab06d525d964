import type { KeyVault, PhoenixCrypto } from '@phoenix/crypto';
import {
  asCredential,
  type AsCredentialPayload,
  asCredentialPayload,
  asCredentialValidity,
  asIntermediateCredential,
  type AsIntermediateCredentialPayload,
  asIntermediateCredentialPayload,
  type Codec,
  encode,
  intermediateValidity,
  issuerTbs,
  LABELS,
  labelledContent,
} from '@phoenix/wire';
import type { AuthorityKeys, StoredIssuer } from './issuer.js';
import { VAULT_PURPOSES } from './vault-purposes.js';

interface SigningKey {
  readonly purpose: string;
  readonly wrapped: Uint8Array;
}

interface Signed<P> {
  payload: P;
  selfSignature: Uint8Array;
  signature: Uint8Array;
}

/** Signs a payload with its own key (possession) and then, over both, with its issuer's (docs/protocol §3). */
async function issue<P>(
  vault: KeyVault,
  kind: { codec: Codec<P>; label: string; payloadLabel: string },
  payload: P,
  keys: { own: SigningKey; issuer: SigningKey },
): Promise<Signed<P>> {
  const sign = (key: SigningKey, label: string, content: Uint8Array): Promise<Uint8Array> =>
    vault.sign(key.purpose, key.wrapped, labelledContent(label, content));
  const selfSignature = await sign(keys.own, kind.payloadLabel, encode(kind.codec, payload));
  const tbs = encode(issuerTbs(kind.codec), { payload, selfSignature });
  return { payload, selfSignature, signature: await sign(keys.issuer, kind.label, tbs) };
}

/** A new root for a domain, signed by itself. */
export async function issueRoot(vault: KeyVault, domain: string, nowMs: number): Promise<StoredIssuer> {
  const { publicKey, wrapped } = await vault.generateSigningKey(VAULT_PURPOSES.root);
  const key = { purpose: VAULT_PURPOSES.root, wrapped };
  const payload: AsCredentialPayload = {
    domain,
    expiration: asCredentialValidity(nowMs),
    scheme: 'ed25519',
    publicKey,
  };
  const signed = await issue(
    vault,
    {
      codec: asCredentialPayload,
      label: LABELS.asCredential,
      payloadLabel: LABELS.asCredentialPayload,
    },
    payload,
    { own: key, issuer: key },
  );
  return { kind: 'root', credential: encode(asCredential, signed), wrappedKey: wrapped };
}

/** A new intermediate under a root. */
export async function issueIntermediate(
  vault: KeyVault,
  crypto: PhoenixCrypto,
  root: StoredIssuer,
  nowMs: number,
): Promise<StoredIssuer> {
  const { publicKey, wrapped } = await vault.generateSigningKey(VAULT_PURPOSES.intermediate);
  const payload: AsIntermediateCredentialPayload = {
    expiration: intermediateValidity(nowMs),
    scheme: 'ed25519',
    publicKey,
    signer: crypto.sha256(root.credential),
  };
  const signed = await issue(
    vault,
    {
      codec: asIntermediateCredentialPayload,
      label: LABELS.asIntermediateCredential,
      payloadLabel: LABELS.asIntermediateCredentialPayload,
    },
    payload,
    {
      own: { purpose: VAULT_PURPOSES.intermediate, wrapped },
      issuer: { purpose: VAULT_PURPOSES.root, wrapped: root.wrappedKey },
    },
  );
  return {
    kind: 'intermediate',
    credential: encode(asIntermediateCredential, signed),
    wrappedKey: wrapped,
  };
}

/** The keys of a new AS: a root for its domain, an intermediate under it and a ticket key. */
export async function issueAuthority(
  vault: KeyVault,
  crypto: PhoenixCrypto,
  domain: string,
  nowMs: number,
): Promise<AuthorityKeys> {
  const root = await issueRoot(vault, domain, nowMs);
  const intermediate = await issueIntermediate(vault, crypto, root, nowMs);
  const ticketKey = await vault.wrap(VAULT_PURPOSES.ticket, crypto.random.bytes(32));
  return { issuers: [root, intermediate], ticketKey };
}
