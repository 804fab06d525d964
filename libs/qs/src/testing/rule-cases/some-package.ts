import { nodeCrypto } from '@phoenix/crypto';
import { mlsMessageCodec } from '@phoenix/mls';
import { buildKeyPackage, type KeyPackageFields } from '@phoenix/mls/testing';
import {
  addPackage,
  encode,
  EXTENSION_LAST_RESORT,
  EXTENSION_QUEUE_CONFIG,
  leafValidity,
  sealedQueueConfig,
} from '@phoenix/wire';
import type { QsClient } from '../qs-client.js';
import { TestQs } from '../test-qs.js';

const crypto = nodeCrypto();
let seed = 0;

/** What a package is like; a config that is there and undefined is left out. */
export interface PackageShape {
  readonly lastResort?: boolean;
  readonly config?: Uint8Array | undefined;
  readonly fields?: KeyPackageFields;
}

/** The data of the extension that holds a queue config. */
export function configData(sealed: Uint8Array, domain = TestQs.domain): Uint8Array {
  return encode(sealedQueueConfig, { domain, sealed });
}

/** An encoded AddPackage of a client, with a KeyPackage like no other. */
export function somePackage(
  qs: TestQs,
  client: QsClient,
  { lastResort = false, fields, ...shape }: PackageShape = {},
): Uint8Array {
  const config = 'config' in shape ? shape.config : configData(client.sealConfig(qs.address));
  const extensions = [
    ...(config ? [{ type: EXTENSION_QUEUE_CONFIG, data: config }] : []),
    ...(lastResort ? [{ type: EXTENSION_LAST_RESORT, data: new Uint8Array(0) }] : []),
  ];
  const lifetime = leafValidity(qs.clock.now());
  const { keyPackage } = buildKeyPackage({ seed: seed++, lifetime, extensions, ...fields });
  const message = encode(mlsMessageCodec, { type: 'keyPackage', keyPackage });
  return encode(addPackage, { keyPackage: message, encryptedLinkKey: crypto.random.bytes(60) });
}
