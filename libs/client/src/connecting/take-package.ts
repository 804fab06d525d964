import type { PhoenixCrypto } from '@phoenix/crypto';
import {
  type ClientCredential,
  clientCredential,
  type ConnectionPackage,
  connectionPackage,
  connectionPackageTbs,
  decode,
  done,
  encode,
  equal,
  formatUuid,
  isConnectionPackageValidity,
  isCurrent,
  LABELS,
  type Outcome,
  signedConnectionPackage,
  tryDecode,
  userId,
} from '@phoenix/wire';
import { agreesWith, type KnownKeys, knownKeys } from '../contacts/known-keys.js';
import { invalidCredential } from '../credentials/credential-rule.js';
import { type Judgement, verifyClientCredential } from '../credentials/verify-client-credential.js';
import type { Session } from '../groups/session.js';
import { takeAliasPackage, takeConnectionPackage } from '../services/as-connection-operations.js';
import { invalidConnectionPackage } from './connection-rule.js';
import type { Target } from './target.js';

/** A package that may be used: the key to seal to, what it is known by, and, under a user id, whose it is. */
export interface TakenPackage {
  readonly encryptionKey: Uint8Array;
  readonly hash: Uint8Array;
  readonly owner: ClientCredential | undefined;
}

/** Takes a package from the AS and verifies it before any use. Refuses with NOT_FOUND, INVALID_KEY_PACKAGE or INVALID_CREDENTIAL. */
export async function takePackage(session: Session, target: Target): Promise<Outcome<TakenPackage>> {
  const { crypto, as, clock, directories: cache } = session.context;
  if (target.kind === 'alias') {
    const taken = await as.call(takeAliasPackage, { alias: target.alias });
    if (!taken.ok) return taken;
    const content = tryDecode(() => decode(connectionPackage, taken.value));
    return content === undefined
      ? invalidConnectionPackage('client.connection-package.decode')
      : checked(crypto, content, undefined, clock.now());
  }
  const directories = await cache.current();
  if (!directories.ok) return directories;
  const taken = await as.call(takeConnectionPackage, { userId: formatUuid(target.user.uuid) });
  if (!taken.ok) return taken;
  return verifySignedPackage(crypto, target, taken.value, {
    directories: directories.value,
    presence: 'entering',
    nowMs: clock.now(),
    knownKeys: await knownKeys(session),
  });
}

/**
 * Verifies what was taken under a user id: that the credential is of that user, up to a root, under the key that we know it by, and
 * that this key signed the package.
 */
export function verifySignedPackage(
  crypto: PhoenixCrypto,
  { user }: Extract<Target, { kind: 'user' }>,
  taken: { readonly package: Uint8Array; readonly credential: Uint8Array },
  judgement: Judgement & { readonly knownKeys: KnownKeys },
): Outcome<TakenPackage> {
  const signed = tryDecode(() => decode(signedConnectionPackage, taken.package));
  const credential = tryDecode(() => decode(clientCredential, taken.credential));
  if (signed === undefined || credential === undefined)
    return invalidConnectionPackage('client.connection-package.decode');
  const { clientId, publicKey } = credential.payload;
  if (!equal(encode(userId, clientId.user), encode(userId, user)))
    return invalidConnectionPackage('client.connection-package.user');
  const verified = verifyClientCredential(crypto, credential, judgement);
  if (!verified.ok) return verified;
  if (!agreesWith(judgement.knownKeys, clientId, publicKey))
    return invalidCredential('client.contact.identity');
  const tbs = encode(connectionPackageTbs, { clientId, connectionPackage: signed.connectionPackage });
  if (!crypto.verifyWithLabel(publicKey, LABELS.connectionPackage, tbs, signed.signature))
    return invalidConnectionPackage('client.connection-package.signature');
  return checked(crypto, signed.connectionPackage, credential, judgement.nowMs);
}

function checked(
  crypto: PhoenixCrypto,
  content: ConnectionPackage,
  owner: ClientCredential | undefined,
  nowMs: number,
): Outcome<TakenPackage> {
  const { encryptionKey, lifetime } = content;
  if (!crypto.hpke.isPublicKey(encryptionKey))
    return invalidConnectionPackage('client.connection-package.key');
  if (!isConnectionPackageValidity(lifetime) || !isCurrent(lifetime, nowMs))
    return invalidConnectionPackage('client.connection-package.lifetime');
  return done({ encryptionKey, hash: crypto.sha256(encode(connectionPackage, content)), owner });
}
