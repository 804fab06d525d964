import type { PhoenixCrypto } from '@phoenix/crypto';
import {
  decode,
  encode,
  LABELS,
  queueEntryContent,
  type QueueEntryContent,
  tryDecode,
  unpad,
} from '@phoenix/wire';
import { messageKey, placeOf, rotated, stepped } from './queue-ratchet.js';
import { type QueueReaderState, queueReaderState } from './queue-reader-state.js';

/** An entry as `dequeueMessages` answers it. */
export interface DequeuedEntry {
  readonly seq: bigint;
  readonly kind: 'message' | 'update' | 'reset';
  readonly body: Uint8Array;
}

/**
 * What an entry came to. `missed` counts the entries before it that never came: they expired, and with them whatever they
 * said. `known` was read before. `lost` cannot be read: nor can what follows, until the queue is reset; the reader stays where it is
 * when it lies further off than entries can be missing.
 */
export type QueueReading =
  | { readonly kind: 'content'; readonly content: QueueEntryContent; readonly missed: bigint }
  | { readonly kind: 'update' | 'reset'; readonly missed: bigint }
  | { readonly kind: 'known' }
  | { readonly kind: 'lost' };

/** A reading with the reader that reads on from there. */
export interface QueueStep {
  readonly reader: QueueReader;
  readonly reading: QueueReading;
}

/** An update comes with every hundredth entry at least, and updates do not expire: no honest queue skips more than that. */
const MAX_MISSED = 1_000n;
const SECRET_LENGTH = 32;

/**
 * Reads a queue (docs/protocol §6). It never changes: reading answers the reader that goes on. Keep that one's `encode()`,
 * together with what was read, and only then dequeue from its `nextSeq`: a crash in between reads nothing twice and loses nothing.
 */
export class QueueReader {
  private constructor(
    private readonly crypto: PhoenixCrypto,
    private readonly state: QueueReaderState,
  ) {}

  /** For a queue that was just made with the public half of `privateKey`. `id` is the QsClientId. */
  static create(crypto: PhoenixCrypto, id: Uint8Array, privateKey: Uint8Array): QueueReader {
    const secret = new Uint8Array(SECRET_LENGTH);
    return new QueueReader(crypto, { id, nextSeq: undefined, secret, privateKeys: [privateKey] });
  }

  /** The reader that `encode` wrote. @throws DecodeError */
  static decode(crypto: PhoenixCrypto, encoded: Uint8Array): QueueReader {
    return new QueueReader(crypto, decode(queueReaderState, new Uint8Array(encoded)));
  }

  encode(): Uint8Array {
    return encode(queueReaderState, this.state);
  }

  /** Where to dequeue from next: all below was read. */
  get nextSeq(): bigint {
    return this.state.nextSeq ?? 0n;
  }

  /** To be kept before the new queue encryption key is sent to the QS: updates come under either from then on. */
  withPrivateKey(privateKey: Uint8Array): QueueReader {
    return this.#with({ privateKeys: [privateKey, ...this.state.privateKeys] });
  }

  /** Overwrites this reader's ratchet secret: once its successor is kept. */
  wipe(): void {
    this.state.secret.fill(0);
  }

  read(entry: DequeuedEntry): QueueStep {
    const { nextSeq } = this.state;
    if (nextSeq !== undefined && entry.seq < nextSeq) return { reader: this, reading: { kind: 'known' } };
    const missed = nextSeq === undefined ? 0n : entry.seq - nextSeq;
    if (entry.kind === 'reset') return this.#update(entry, new Uint8Array(SECRET_LENGTH), missed);
    // Not stepped over: who believed it would acknowledge, and so lose, all that an honest queue has until there.
    if (missed > MAX_MISSED) return { reader: this, reading: { kind: 'lost' } };
    const secret = stepped(this.crypto, this.state.secret, missed);
    return entry.kind === 'update'
      ? this.#update(entry, secret, missed)
      : this.#message(entry, secret, missed);
  }

  #message(entry: DequeuedEntry, secret: Uint8Array, missed: bigint): QueueStep {
    const place = placeOf(this.state.id, entry.seq);
    const key = messageKey(this.crypto, secret, place);
    const content = contentOf(this.crypto.decrypt(key, place, entry.body));
    const next = stepped(this.crypto, secret, 1n);
    key.fill(0);
    secret.fill(0);
    if (content === undefined) return this.#lost(entry, next);
    return {
      reader: this.#with({ nextSeq: entry.seq + 1n, secret: next }),
      reading: { kind: 'content', content, missed },
    };
  }

  #update(entry: DequeuedEntry, secret: Uint8Array, missed: bigint): QueueStep {
    const place = placeOf(this.state.id, entry.seq);
    for (const [age, privateKey] of this.state.privateKeys.entries()) {
      const fresh = this.crypto.openWithLabel(privateKey, LABELS.queueUpdate, place, entry.body);
      if (fresh?.length !== SECRET_LENGTH) continue;
      const next = rotated(this.crypto, secret, fresh);
      fresh.fill(0);
      secret.fill(0);
      const privateKeys = this.state.privateKeys.slice(0, age + 1);
      return {
        reader: this.#with({ nextSeq: entry.seq + 1n, secret: next, privateKeys }),
        reading: { kind: entry.kind === 'reset' ? 'reset' : 'update', missed },
      };
    }
    return this.#lost(entry, secret);
  }

  #lost(entry: DequeuedEntry, secret: Uint8Array): QueueStep {
    return {
      reader: this.#with({ nextSeq: entry.seq + 1n, secret: new Uint8Array(secret) }),
      reading: { kind: 'lost' },
    };
  }

  #with(changes: Partial<QueueReaderState>): QueueReader {
    return new QueueReader(this.crypto, {
      ...this.state,
      secret: new Uint8Array(this.state.secret),
      ...changes,
    });
  }
}

function contentOf(padded: Uint8Array | undefined): QueueEntryContent | undefined {
  if (padded === undefined) return undefined;
  return tryDecode(() => decode(queueEntryContent, unpad(padded)));
}
