import { nodeCrypto } from '@phoenix/crypto';
import { encode, pad, type QueueEntryContent, queueEntryContent, utf8, Writer } from '@phoenix/wire';
import { type DequeuedEntry, QueueReader } from './queue-reader.js';

const crypto = nodeCrypto();
const id = crypto.random.uuid();
const EMPTY = new Uint8Array(0);

/** A server's half, written out as docs/protocol §6 has it, to read against. */
class ScriptedQueue {
  seq = 77n;
  secret: Uint8Array = new Uint8Array(32);

  constructor(readonly publicKey: Uint8Array) {}

  update(kind: 'update' | 'reset' = 'update', publicKey = this.publicKey): DequeuedEntry {
    if (kind === 'reset') {
      this.seq += 1n << 40n;
      this.secret = new Uint8Array(32);
    }
    const fresh = crypto.random.bytes(32);
    const body = crypto.sealWithLabel(publicKey, 'queue update', this.#place(), fresh);
    const salt = crypto.deriveKey(this.secret, 'queue rotation', EMPTY);
    this.secret = crypto.hash.hkdfExtract(salt, fresh);
    return { seq: this.seq++, kind, body };
  }

  message(text: string): DequeuedEntry {
    const content: QueueEntryContent = { type: 'application', timestamp: 5n, payload: utf8(text) };
    const key = crypto.deriveKey(this.secret, 'queue key', this.#place());
    const body = crypto.encrypt(key, this.#place(), pad(encode(queueEntryContent, content)));
    this.secret = crypto.deriveKey(this.secret, 'queue next', EMPTY);
    return { seq: this.seq++, kind: 'message', body };
  }

  #place(): Uint8Array {
    return new Writer().bytes(id).u64(this.seq).finish();
  }
}

function start(): { queue: ScriptedQueue; reader: QueueReader } {
  const pair = crypto.hpke.generateKeyPair();
  return {
    queue: new ScriptedQueue(pair.publicKey),
    reader: QueueReader.create(crypto, id, pair.privateKey),
  };
}

/** What each entry said, or what came of it, and the reader that goes on. */
function readAll(
  reader: QueueReader,
  entries: readonly DequeuedEntry[],
): { reader: QueueReader; said: string[] } {
  const said: string[] = [];
  for (const entry of entries) {
    const step = reader.read(entry);
    const { reading } = step;
    if (reading.kind === 'content') {
      const missed = reading.missed > 0n ? `(${reading.missed} missed) ` : '';
      said.push(missed + Buffer.from(reading.content.payload).toString());
    } else said.push(reading.kind);
    reader = step.reader;
  }
  return { reader, said };
}

describe('a queue reader', () => {
  it('reads messages and updates in their order', () => {
    const { queue, reader } = start();
    const entries = [
      queue.update(),
      queue.message('one'),
      queue.update(),
      queue.message('two'),
      queue.message('three'),
    ];
    expect(readAll(reader, entries).said).toEqual(['update', 'one', 'update', 'two', 'three']);
  });

  it('names the seq after what it read as the next to dequeue from', () => {
    const { queue, reader } = start();
    const after = readAll(reader, [queue.update(), queue.message('one')]).reader;
    expect(reader.nextSeq).toBe(0n);
    expect(after.nextSeq).toBe(queue.seq);
  });

  it('goes on from what was kept, and takes entries it knows for known', () => {
    const { queue, reader } = start();
    const first = [queue.update(), queue.message('one')];
    const kept = QueueReader.decode(crypto, readAll(reader, first).reader.encode());
    expect(readAll(kept, [...first, queue.message('two')]).said).toEqual(['known', 'known', 'two']);
  });

  it('reads the same entry again when what it became was not kept', () => {
    const { queue, reader } = start();
    const entries = [queue.update(), queue.message('one')];
    const kept = reader.encode();
    readAll(reader, entries).reader.wipe();
    expect(readAll(QueueReader.decode(crypto, kept), entries).said).toEqual(['update', 'one']);
  });

  it('steps over messages that expired and counts them', () => {
    const { queue, reader } = start();
    const before = [queue.update(), queue.message('one')];
    queue.message('gone');
    queue.message('gone, too');
    const after = [queue.message('four'), queue.update(), queue.message('five')];
    expect(readAll(reader, [...before, ...after]).said).toEqual([
      'update',
      'one',
      '(2 missed) four',
      'update',
      'five',
    ]);
  });

  it('starts anew at a reset, far beyond where it was', () => {
    const { queue, reader } = start();
    const entries = [queue.update(), queue.message('one'), queue.update('reset'), queue.message('two')];
    expect(readAll(reader, entries).said).toEqual(['update', 'one', 'reset', 'two']);
  });

  it('does not run after a seq that no honest queue skips to, and is brought back by a reset', () => {
    const { queue, reader } = start();
    const before = [queue.update(), queue.message('one')];
    queue.seq += 1n << 40n;
    const said = readAll(reader, [
      ...before,
      queue.message('two'),
      queue.update('reset'),
      queue.message('three'),
    ]).said;
    expect(said).toEqual(['update', 'one', 'lost', 'reset', 'three']);
  });

  it('stays where it is when shown a message from afar: what comes in its place is read', () => {
    const { queue, reader } = start();
    const { reader: started } = readAll(reader, [queue.update()]);
    const forged = { ...queue.message('one'), seq: queue.seq + (1n << 41n) };
    queue.seq--;
    const shown = started.read(forged);
    expect(shown.reading.kind).toBe('lost');
    expect(shown.reader.nextSeq).toBe(started.nextSeq);
  });

  it('reads updates under its former key until one comes under the new', () => {
    const { queue, reader } = start();
    const next = crypto.hpke.generateKeyPair();
    const late = [queue.update(), queue.message('one')];
    const both = reader.withPrivateKey(next.privateKey);
    const { reader: moved, said } = readAll(both, [
      ...late,
      queue.update('update', next.publicKey),
      queue.message('two'),
    ]);
    expect(said).toEqual(['update', 'one', 'update', 'two']);
    expect(readAll(moved, [queue.update()]).said).toEqual(['lost']);
  });

  it('takes a message moved to another seq, or changed, for lost', () => {
    const { queue, reader } = start();
    const { reader: started } = readAll(reader, [queue.update()]);
    const message = queue.message('one');
    const changed = { ...message, body: message.body.map((byte, i) => (i === 20 ? byte ^ 1 : byte)) };
    expect(started.read(changed).reading.kind).toBe('lost');
    expect(started.read({ ...message, seq: message.seq + 1n }).reading.kind).toBe('lost');
    expect(started.read(message).reading.kind).toBe('content');
  });
});
