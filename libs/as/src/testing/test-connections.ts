import { nodeCrypto } from '@phoenix/crypto';
import { MemoryKeyVault, TestClock } from '@phoenix/crypto/testing';
import { RotateStoreKey, StoreKeys } from '@phoenix/queue';
import { VAULT_PURPOSES } from '../domain/vault-purposes.js';
import { AuthenticateAlias } from '../service/authenticate-alias.js';
import { AuthenticateClient } from '../service/authenticate-client.js';
import { DeleteAlias } from '../service/delete-alias.js';
import { DequeueAliasOffers } from '../service/dequeue-alias-offers.js';
import { DequeueConnectionOffers } from '../service/dequeue-connection-offers.js';
import { EnqueueAliasOffer } from '../service/enqueue-alias-offer.js';
import { EnqueueConnectionOffer } from '../service/enqueue-connection-offer.js';
import { ExpireIdle } from '../service/expire-idle.js';
import { ExpireOffers } from '../service/expire-offers.js';
import { FindAlias } from '../service/find-alias.js';
import { IdleLimits } from '../service/idle-limits.js';
import { NewQueues } from '../service/new-queues.js';
import { OfferWriter } from '../service/offer-writer.js';
import { PublicationChecks } from '../service/publication-checks.js';
import { PublishAliasPackages } from '../service/publish-alias-packages.js';
import { PublishConnectionPackages } from '../service/publish-connection-packages.js';
import { RefreshAlias } from '../service/refresh-alias.js';
import { RegisterAlias } from '../service/register-alias.js';
import { TakeAliasPackage } from '../service/take-alias-package.js';
import { TakeConnectionPackage } from '../service/take-connection-package.js';
import type { ConnectionStores } from './connection-stores.js';

const crypto = nodeCrypto();
/** The middle of a month. */
const START = Date.UTC(2026, 3, 15, 12);

/** All by which users are connected, over given stores, without Nest and HTTP. */
export async function testConnections(stores: ConnectionStores, clock = new TestClock(START)) {
  const vault = new MemoryKeyVault(crypto);
  const { connections, aliases, directQueues, aliasQueues } = stores;
  const storeKeys = new StoreKeys(vault, stores.storeKeys, VAULT_PURPOSES.queue);
  await storeKeys.open();
  const clients = new AuthenticateClient(stores.accounts);
  const find = new FindAlias(aliases, crypto, clock);
  const owners = new AuthenticateAlias(find);
  const checks = new PublicationChecks(crypto, clock);
  const queues = new NewQueues(storeKeys, crypto);
  const writer = new OfferWriter(storeKeys, crypto, clock);
  return {
    stores,
    clock,
    publish: new PublishConnectionPackages(clients, checks, queues, connections),
    take: new TakeConnectionPackage(connections, clock),
    enqueue: new EnqueueConnectionOffer(directQueues, writer),
    dequeue: new DequeueConnectionOffers(clients, connections, directQueues, clock),
    registerAlias: new RegisterAlias(aliases, queues, crypto, clock),
    refreshAlias: new RefreshAlias(owners, aliases, clock),
    deleteAlias: new DeleteAlias(owners, aliases),
    publishAlias: new PublishAliasPackages(owners, checks, aliases),
    takeAlias: new TakeAliasPackage(aliases, clock),
    enqueueAlias: new EnqueueAliasOffer(find, aliasQueues, writer),
    dequeueAlias: new DequeueAliasOffers(owners, aliasQueues),
    expireIdle: new ExpireIdle(connections, aliases, new IdleLimits(12), clock),
    expireOffers: new ExpireOffers(directQueues, aliasQueues, clock),
    rotateStoreKey: new RotateStoreKey(vault, stores.storeKeys, storeKeys, crypto, VAULT_PURPOSES.queue),
  };
}

export type TestConnections = Awaited<ReturnType<typeof testConnections>>;
