import { nodeCrypto } from '@phoenix/crypto';
import {
  type ConnectionPackage,
  connectionPackage,
  connectionPackageValidity,
  encode,
  startOfMonth,
} from '@phoenix/wire';
import type { AsRuleId } from '../../domain/rules.js';
import { ConnectableClient } from '../connection-people.js';
import { memoryConnectionStores } from '../connection-stores.js';
import { aConnectionPackage, signPackage } from '../some-packages.js';
import { testConnections } from '../test-connections.js';
import { between, type RuleCase, someClock } from './rule-case.js';

type PackageRule = Extract<AsRuleId, `as.connection-package.${string}`>;

/** What a client publishes; `lastResort` is as it should be. */
type Upload = (by: ConnectableClient, lastResort: ConnectionPackage) => readonly Uint8Array[];

const crypto = nodeCrypto();
const now = someClock().now();
const asItIs: Upload = (by, lastResort) => [by.sign(lastResort)];

async function publish(upload: Upload) {
  const as = await testConnections(memoryConnectionStores(crypto.random), someClock());
  const client = await ConnectableClient.register(as.stores, now);
  const packages = upload(client, aConnectionPackage(crypto, now, { lastResort: true }));
  return as.publish.execute(client.request, {
    packages,
    queueEncryptionKey: client.queueKey.publicKey,
  });
}

const publishing = (breaking: Upload): RuleCase => between(publish, breaking, asItIs);
const changing = (changes: Partial<ConnectionPackage>): RuleCase =>
  publishing((by, lastResort) => [by.sign({ ...lastResort, ...changes })]);

export const connectionPackageCases: Record<PackageRule, RuleCase> = {
  'as.connection-package.encoding': publishing((_, lastResort) => [encode(connectionPackage, lastResort)]),
  'as.connection-package.key': changing({ encryptionKey: new Uint8Array(32) }),
  'as.connection-package.lifetime': changing({ lifetime: connectionPackageValidity(startOfMonth(now, 2)) }),
  'as.connection-package.signature': publishing(({ clientId }, lastResort) => [
    signPackage(crypto, clientId, crypto.signer.generateKeyPair(), lastResort),
  ]),
  'as.connection-package.unique': publishing((by, lastResort) => {
    const one = by.sign(lastResort);
    return [one, one];
  }),
  'as.connection-package.last-resort': changing({ lastResort: false }),
};
