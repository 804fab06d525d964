import type { Clock, PhoenixCrypto } from '@phoenix/crypto';
import { type ConnectionPackage, connectionPackage, connectionPackageValidity, encode } from '@phoenix/wire';
import { hex } from '../credentials/fingerprint.js';
import type { UnitOfWork } from '../store/unit-of-work.js';
import { CONNECTION_PACKAGE } from './own-connection-package.js';

/**
 * Draws `oneTime` packages and a last resort for a queue, each with a key of its own, and puts their private sides into the work: to be
 * saved before they are published. Older ones are kept until they are used or run out, since offers to them may be on their way.
 */
export async function makeConnectionPackages(
  { crypto, clock }: { readonly crypto: PhoenixCrypto; readonly clock: Clock },
  work: UnitOfWork,
  queue: string,
  oneTime: number,
): Promise<ConnectionPackage[]> {
  await dropExpired(work, BigInt(Math.floor(clock.now() / 1000)));
  const lifetime = connectionPackageValidity(clock.now());
  return Array.from({ length: oneTime + 1 }, (_, i) => {
    const { publicKey: encryptionKey, privateKey } = crypto.hpke.generateKeyPair();
    const lastResort = i === oneTime;
    const made = { encryptionKey, lifetime, lastResort };
    const own = { queue, privateKey, lastResort: lastResort ? 1 : 0, notAfter: lifetime.notAfter };
    work.put(CONNECTION_PACKAGE, own, hex(crypto.sha256(encode(connectionPackage, made))));
    return made;
  });
}

async function dropExpired(work: UnitOfWork, now: bigint): Promise<void> {
  for (const name of await work.names(CONNECTION_PACKAGE)) {
    const own = await work.get(CONNECTION_PACKAGE, name);
    if (own !== undefined && own.notAfter < now) work.delete(CONNECTION_PACKAGE, name);
  }
}
