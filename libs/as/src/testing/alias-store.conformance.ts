import { nodeCrypto } from '@phoenix/crypto';
import { sampleMessage } from '@phoenix/queue/testing';
import { aliasQueueId } from '../domain/alias.js';
import type { AliasRecord } from '../ports/alias-store.js';
import type { ConnectionStores } from './connection-stores.js';
import { anAlias, MONTH, register, somePackages } from './sample-connections.js';

const crypto = nodeCrypto();
const hex = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString('hex');

/** What every AliasStore must hold to; `make` answers fresh stores whose store key is named. */
export function aliasStoreConformance(make: () => Promise<ConnectionStores>): void {
  const fill = async ({ aliases, aliasQueues }: ConnectionStores, record: AliasRecord): Promise<void> => {
    await aliases.replacePackages(record.alias, record.authKey, somePackages(3, MONTH + 99));
    await aliasQueues.append(aliasQueueId(crypto, record.alias), MONTH, sampleMessage);
  };
  const waiting = async ({ aliasQueues }: ConnectionStores, record: AliasRecord): Promise<string[]> => {
    const [queueId, owner] = [aliasQueueId(crypto, record.alias), record.authKey];
    const entries = await aliasQueues.dequeue({ queueId, owner, from: 0n, max: 9, maxBytes: 1 << 20 });
    return entries.map(({ kind }) => kind);
  };

  it('makes an alias that is found by its name alone', async () => {
    const stores = await make();
    const record = anAlias();
    expect(await register(stores, record)).toBe('registered');
    const found = await stores.aliases.find(record.alias, MONTH);
    expect(hex(found?.authKey)).toBe(hex(record.authKey));
    expect(hex(found?.queueEncryptionKey)).toBe(hex(record.queueEncryptionKey));
    expect(await stores.aliases.find(anAlias().alias, MONTH)).toBeUndefined();
  });

  it('gives one of a hundred that claim an alias at once what all of them want', async () => {
    const stores = await make();
    const claims = Array.from({ length: 100 }, () => anAlias('wanted'));
    const answers = await Promise.all(claims.map((claim) => register(stores, claim)));
    expect(answers.filter((answer) => answer === 'registered')).toHaveLength(1);
    const winner = claims[answers.indexOf('registered')] as AliasRecord;
    expect(hex((await stores.aliases.find('wanted', MONTH))?.authKey)).toBe(hex(winner.authKey));
    expect(await waiting(stores, winner)).toEqual(['update']);
  });

  it('has an alias through its last month and not a month longer', async () => {
    const stores = await make();
    const record = anAlias();
    await register(stores, record, { lastMonth: MONTH + 6 });
    await fill(stores, record);
    expect(await stores.aliases.find(record.alias, MONTH + 6)).toBeDefined();
    expect(await stores.aliases.find(record.alias, MONTH + 7)).toBeUndefined();
    expect(await stores.aliases.takePackage(record.alias, MONTH + 6)).toBeDefined();
    expect(await stores.aliases.takePackage(record.alias, MONTH + 7)).toBeUndefined();
  });

  it('gives an alias that has run out to whoever comes, and nothing that was its former owner’s', async () => {
    const stores = await make();
    const former = anAlias();
    await register(stores, former, { lastMonth: MONTH });
    await fill(stores, former);
    const next = anAlias(former.alias);
    expect(await register(stores, next, { month: MONTH })).toBe('taken');
    expect(await register(stores, next, { month: MONTH + 1, lastMonth: MONTH + 7 })).toBe('registered');
    expect(await stores.aliases.takePackage(next.alias, MONTH + 1)).toBeUndefined();
    expect([await waiting(stores, next), await waiting(stores, former)]).toEqual([['update'], []]);
  });

  it('releases an alias with all that was its', async () => {
    const stores = await make();
    const former = anAlias();
    await register(stores, former);
    await fill(stores, former);
    expect(await stores.aliases.release(former.alias, former.authKey)).toBe(true);
    expect(await stores.aliases.release(former.alias, former.authKey)).toBe(false);
    expect(await stores.aliases.find(former.alias, MONTH)).toBeUndefined();
    expect(await stores.aliasQueues.append(aliasQueueId(crypto, former.alias), MONTH, () => undefined)).toBe(
      false,
    );
    expect(await register(stores, anAlias(former.alias))).toBe('registered');
    expect(await stores.aliases.takePackage(former.alias, MONTH)).toBeUndefined();
  });

  it('does nothing for a key that is not, or no longer, the alias’s', async () => {
    const stores = await make();
    const [former, next] = [anAlias('again'), anAlias('again')];
    await register(stores, former);
    await stores.aliases.release('again', former.authKey);
    await register(stores, next);
    const { aliases } = stores;
    expect(await aliases.refresh('again', former.authKey, MONTH + 9)).toBe(false);
    expect(await aliases.replacePackages('again', former.authKey, somePackages(1))).toBe(false);
    expect(await aliases.release('again', former.authKey)).toBe(false);
    expect(await aliases.find('again', MONTH + 9)).toBeUndefined();
    expect(await aliases.takePackage('again', MONTH)).toBeUndefined();
  });

  it('keeps a refreshed alias, also when it is asked twice', async () => {
    const stores = await make();
    const record = anAlias();
    await register(stores, record, { lastMonth: MONTH });
    for (let i = 0; i < 2; i++)
      expect(await stores.aliases.refresh(record.alias, record.authKey, MONTH + 6)).toBe(true);
    expect(await stores.aliases.find(record.alias, MONTH + 6)).toBeDefined();
  });

  it('gives each one-time package once, to whomever of fifty at a time, and then the last resort', async () => {
    const stores = await make();
    const record = anAlias();
    await register(stores, record);
    const packages = somePackages(41);
    await stores.aliases.replacePackages(record.alias, record.authKey, packages);
    const taken = await Promise.all(
      Array.from({ length: 50 }, async () => hex(await stores.aliases.takePackage(record.alias, MONTH))),
    );
    const [lastResort, ...once] = packages.map(({ encoded }) => hex(encoded));
    expect(taken.filter((each) => each !== lastResort).sort()).toEqual(once.sort());
  });

  it('clears away aliases and packages whose last month has passed', async () => {
    const stores = await make();
    const [old, young] = [anAlias(), anAlias()];
    await register(stores, old, { lastMonth: MONTH });
    await register(stores, young, { lastMonth: MONTH + 1 });
    await stores.aliases.replacePackages(young.alias, young.authKey, somePackages(2, MONTH));
    expect(await stores.aliases.expire(MONTH + 1)).toBe(1);
    expect(await stores.aliases.find(old.alias, MONTH)).toBeUndefined();
    expect(await stores.aliases.find(young.alias, MONTH + 1)).toBeDefined();
    expect(await stores.aliases.takePackage(young.alias, MONTH)).toBeUndefined();
  });
}
