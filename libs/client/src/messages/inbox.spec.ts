import { nodeCrypto } from '@phoenix/crypto';
import { encode } from '@phoenix/wire';
import { queueReaderState } from '../queue/queue-reader-state.js';
import { QUEUE } from '../queue/queue-record.js';
import { MemoryClientStore } from '../store/memory-client-store.js';
import { UnitOfWork } from '../store/unit-of-work.js';
import type { ClientEvent } from './client-event.js';
import { INBOX, keepEvents, keepNotices, unconfirmed } from './inbox.js';

const crypto = nodeCrypto();
const unique = () => Buffer.from(crypto.random.bytes(8)).toString('hex');
const about = (group: string): ClientEvent => ({ kind: 'removed', group });

/** The queue has been read up to this seq, which is the next. */
function readUpTo(work: UnitOfWork, nextSeq: bigint): void {
  const id = crypto.random.uuid();
  work.put(QUEUE, encode(queueReaderState, { id, nextSeq, secret: new Uint8Array(32), privateKeys: [] }));
}
const told = async (work: UnitOfWork) =>
  (await unconfirmed(work)).map(({ event }) => (event.kind === 'removed' ? event.group : ''));

describe('the inbox', () => {
  it('keeps what no entry has brought in its place among what the entries did', async () => {
    const work = new UnitOfWork(new MemoryClientStore());
    await keepNotices(work, [about('before the first entry')], unique());
    keepEvents(work, 99n, [about('entry 99')]);
    readUpTo(work, 100n);
    await keepNotices(work, [about('after 99'), about('right after')], unique());
    await keepNotices(work, [about('then')], unique());
    keepEvents(work, 100n, [about('entry 100'), about('and its second event')]);
    readUpTo(work, 101n);
    await keepNotices(work, [about('last')], unique());
    expect(await told(work)).toEqual([
      'before the first entry',
      'entry 99',
      'after 99',
      'right after',
      'then',
      'entry 100',
      'and its second event',
      'last',
    ]);
  });

  it('gives no two notices one receipt, whatever was confirmed meanwhile', async () => {
    const work = new UnitOfWork(new MemoryClientStore());
    readUpTo(work, 7n);
    await keepNotices(work, [about('one'), about('two')], unique());
    const before = await unconfirmed(work);
    for (const { receipt } of before) work.delete(INBOX, receipt);
    await keepNotices(work, [about('three')], unique());
    expect(await told(work)).toEqual(['three']);
    const receipts = (await unconfirmed(work)).map(({ receipt }) => receipt);
    expect(receipts).toHaveLength(1);
    expect(before.map(({ receipt }) => receipt)).not.toContain(receipts[0]);
  });

  it('is as it was when there is nothing to tell', async () => {
    const work = new UnitOfWork(new MemoryClientStore());
    await keepNotices(work, [], unique());
    expect(await unconfirmed(work)).toEqual([]);
  });
});
