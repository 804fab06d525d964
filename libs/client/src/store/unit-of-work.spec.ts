import { opaque } from '@phoenix/wire';
import { MemoryClientStore } from './memory-client-store.js';
import { recordKind } from './record-kind.js';
import { UnitOfWork } from './unit-of-work.js';

const THING = recordKind('things/', opaque());
const one = Uint8Array.of(1);
const two = Uint8Array.of(2);

describe('UnitOfWork', () => {
  it('reads its own changes before they are saved, which nobody else does', async () => {
    const store = new MemoryClientStore();
    const work = new UnitOfWork(store);
    work.put(THING, one, 'a');
    expect(await work.get(THING, 'a')).toEqual(one);
    expect(await work.names(THING)).toEqual(['a']);
    expect(await new UnitOfWork(store).get(THING, 'a')).toBeUndefined();
  });

  it('saves all changes in one batch', async () => {
    const store = new MemoryClientStore();
    const work = new UnitOfWork(store);
    work.put(THING, one, 'a');
    work.put(THING, two, 'b');
    await work.save();
    work.delete(THING, 'a');
    expect(await work.names(THING)).toEqual(['b']);
    await work.save();
    expect(await store.keys('')).toEqual(['things/b']);
  });

  it('leaves the store as it was when the changes are discarded', async () => {
    const store = new MemoryClientStore();
    const work = new UnitOfWork(store);
    work.put(THING, one, 'a');
    work.discard();
    await work.save();
    expect(await store.keys('')).toEqual([]);
  });
});
