import type { ConnectionStores } from './connection-stores.js';
import { addClient, anAlias, aPublication, MONTH, publish, register } from './sample-connections.js';

/** What every KeyOrderStore must hold to; `make` answers fresh stores whose store key is named. */
export function keyOrderStoreConformance(make: () => Promise<ConnectionStores>): void {
  it('rewrites users once for each month, aliases whenever it is asked, and loses nothing', async () => {
    const stores = await make();
    const clients = [await addClient(stores), await addClient(stores)];
    for (const client of clients) await publish(stores, aPublication(client));
    const records = [anAlias(), anAlias()];
    for (const record of records) await register(stores, record);
    await stores.keyOrder.rewriteAliases();
    const done: boolean[] = [];
    for (const month of [MONTH, MONTH, MONTH + 1]) done.push(await stores.keyOrder.rewriteUsers(month));
    expect(done).toEqual([true, false, true]);
    for (const { user } of clients) expect(await stores.connections.take(user.uuid, MONTH)).toBeDefined();
    for (const { alias } of records) expect(await stores.aliases.find(alias, MONTH)).toBeDefined();
  });
}
