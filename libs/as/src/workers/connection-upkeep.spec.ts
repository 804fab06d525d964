import { nodeCrypto } from '@phoenix/crypto';
import { startOfMonth } from '@phoenix/wire';
import { AliasOwner, ConnectableClient } from '../testing/connection-people.js';
import { memoryConnectionStores } from '../testing/connection-stores.js';
import { type TestConnections, testConnections } from '../testing/test-connections.js';
import { ActivityMonth } from './activity-month.js';
import { AliasOrder } from './alias-order.js';
import { QueueStoreKey } from './queue-store-key.js';

const crypto = nodeCrypto();

describe('the upkeep of users, aliases and their queues', () => {
  let as: TestConnections;
  beforeEach(async () => {
    as = await testConnections(memoryConnectionStores(crypto.random));
  });

  const month = () => new ActivityMonth(as.expireIdle, as.expireOffers, as.stores.keyOrder, as.clock);

  it('lets go of who stayed away, and may run as often as it likes', async () => {
    const ada = new AliasOwner('ada');
    await as.registerAlias.execute(ada.request, ada.record);
    const bob = await ConnectableClient.register(as.stores, as.clock.now());
    for (let i = 0; i < 2; i++) await month().run();
    as.clock.advance(startOfMonth(as.clock.now(), 13) - as.clock.now());
    for (let i = 0; i < 2; i++) await month().run();
    expect(await as.stores.accounts.credential(bob.clientId)).toBeUndefined();
    const back = await as.refreshAlias.execute(ada.request, ada.alias);
    expect(back).toMatchObject({ refusal: { code: 'NOT_FOUND' } });
  });

  it('keeps what was offered readable under new store keys and in new places', async () => {
    const ada = new AliasOwner('ada');
    await as.registerAlias.execute(ada.request, ada.record);
    await new QueueStoreKey(as.rotateStoreKey).run();
    await new AliasOrder(as.stores.keyOrder).run();
    const found = await as.dequeueAlias.execute(ada.request, 'ada', { from: 0n, max: 9 });
    expect(found).toMatchObject({ ok: true, value: [{ kind: 'update' }] });
  });

  it('is declared by names that say nothing of anybody', () => {
    const jobs = [month(), new AliasOrder(as.stores.keyOrder), new QueueStoreKey(as.rotateStoreKey)];
    expect(jobs.map(({ name }) => name)).toEqual(['activity-month', 'alias-order', 'queue-store-key']);
  });
});
