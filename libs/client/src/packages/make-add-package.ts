import { keyPackageCodec, mlsMessageCodec } from '@phoenix/mls';
import { addPackage, decode, encode, EXTENSION_QUEUE_CONFIG, sealedQueueConfig } from '@phoenix/wire';
import type { Account } from '../account/account.js';
import type { ClientContext } from '../client-context.js';
import { drawLeaf } from './draw-leaf.js';
import type { OwnPackage } from './own-package.js';
import type { QueueConfigSealer } from './seal-queue-config.js';

/** An AddPackage as it is published, and the half that stays here. */
export interface MadePackage {
  readonly published: Uint8Array;
  readonly own: OwnPackage;
}

/** Makes one AddPackage (docs/protocol §3): everything in it is fresh, only friends can open its link. */
export async function makeAddPackage(
  { crypto, clock, engine }: Pick<ClientContext, 'crypto' | 'clock' | 'engine'>,
  account: Account,
  sealQueueConfig: QueueConfigSealer,
  lastResort: boolean,
): Promise<MadePackage> {
  const { leaf, identity, lifetime } = drawLeaf(crypto, account, clock.now());
  const made = await engine.generateKeyPackage({
    identity,
    signatureKeys: leaf.signatureKeys,
    lifetime,
    extensions: [{ type: EXTENSION_QUEUE_CONFIG, data: encode(sealedQueueConfig, sealQueueConfig()) }],
    lastResort,
  });
  const keyPackage = decode(keyPackageCodec, made.keyPackage);
  const published = encode(addPackage, {
    keyPackage: encode(mlsMessageCodec, { type: 'keyPackage', keyPackage }),
    encryptedLinkKey: crypto.encrypt(account.friendship.addPackageKey, made.ref, leaf.linkKey),
  });
  const own = { ...made, leaf, lastResort: lastResort ? 1 : 0, notAfter: lifetime.notAfter };
  return { published, own };
}
