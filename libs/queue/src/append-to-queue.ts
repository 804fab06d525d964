import type { PhoenixCrypto } from '@phoenix/crypto';
import type { QueueContent } from './queue-content.js';
import type { QueueEntry, QueueEntryKind } from './queue-entry.js';
import type { QueueAppend, QueueHead } from './queue-head.js';
import { ENTRIES_PER_UPDATE, type QueueLimits } from './queue-limits.js';
import { Ratchet } from './ratchet.js';
import type { StoreKeyRing } from './store-key-ring.js';
import { unwrapSecret, wrapSecret } from './wrapped-secret.js';

/** What `Encrypt` adds to a plaintext, at most: nonce, length, tag. */
const ENCRYPTION_OVERHEAD = 12 + 4 + 16;

/**
 * How far a queue jumps when its secret is lost: beyond every seq that a reader can have seen, also when the loss
 * comes from a database put back from a backup (docs/protocol §6).
 */
const RESET_JUMP = 1n << 40n;

/** What a queue is made with. `storeKeyId` names the ring's key to wrap under. */
export interface QueueContext {
  readonly crypto: PhoenixCrypto;
  readonly keys: StoreKeyRing;
  readonly storeKeyId: number;
}

/** What appending stands on. */
export interface AppendContext extends QueueContext {
  readonly limits: QueueLimits;
}

/** Whose queue it is: see QueueHead. */
export interface QueueOwner {
  readonly id: Uint8Array;
  readonly encryptionKey: Uint8Array;
}

/**
 * A queue's next state after `contents`, in their order; undefined when a full queue takes none of them.
 * @throws UnknownStoreKey
 */
export function appendToQueue(
  context: AppendContext,
  head: QueueHead,
  contents: readonly QueueContent[],
): QueueAppend | undefined {
  const writer = new QueueWriter(context, head);
  try {
    for (const content of contents) writer.append(content, context.limits);
    return writer.finish();
  } finally {
    writer.wipe();
  }
}

/** A new queue: a random start below 2^40, and the update that the reader begins with. */
export function createQueue(context: QueueContext, owner: QueueOwner): QueueAppend {
  const start = context.crypto.random.bytes(5).reduce((seq, byte) => (seq << 8n) | BigInt(byte), 0n);
  const writer = new QueueWriter(context, emptyHead(owner, start), 'created');
  try {
    return writer.finish() as QueueAppend;
  } finally {
    writer.wipe();
  }
}

function emptyHead({ id, encryptionKey }: QueueOwner, nextSeq: bigint): QueueHead {
  return {
    id,
    encryptionKey,
    nextSeq,
    wrappedSecret: new Uint8Array(0),
    storeKeyId: 0,
    entries: 0,
    bytes: 0,
    sinceUpdate: 0,
    updateDue: true,
    gapTold: false,
  };
}

/** The head while it moves. Wrapping and unwrapping happen once a queue, not once an entry. */
class QueueWriter {
  readonly #entries: QueueEntry[] = [];
  readonly #ratchet: Ratchet;
  #seq: bigint;
  #bytes: number;
  #sinceUpdate: number;
  #updateDue: boolean;
  #gapTold: boolean;

  constructor(
    private readonly context: QueueContext,
    private readonly head: QueueHead,
    created?: 'created',
  ) {
    const secret = created ? undefined : unwrapSecret(context.crypto, context.keys, head);
    this.#seq = head.nextSeq;
    this.#bytes = head.bytes;
    this.#sinceUpdate = head.sinceUpdate;
    this.#updateDue = head.updateDue || head.sinceUpdate >= ENTRIES_PER_UPDATE;
    this.#gapTold = head.gapTold;
    this.#ratchet = secret
      ? new Ratchet(context.crypto, head.id, secret)
      : Ratchet.fromZeros(context.crypto, head.id);
    if (created) this.#update('update');
    else if (!secret) this.#reset();
  }

  append(content: QueueContent, limits: QueueLimits): void {
    if (this.#fits(content.padded.length, limits)) {
      this.#message(content.padded);
      this.#gapTold = false;
    } else if (!this.#gapTold) {
      this.#message(content.gap);
      this.#gapTold = true;
    }
  }

  finish(): QueueAppend | undefined {
    if (this.#entries.length === 0) return undefined;
    const { context, head } = this;
    const storeKey = context.keys.get(context.storeKeyId);
    const place = { id: head.id, nextSeq: this.#seq };
    return {
      entries: this.#entries,
      head: {
        ...place,
        encryptionKey: head.encryptionKey,
        storeKeyId: context.storeKeyId,
        wrappedSecret: wrapSecret(context.crypto, storeKey, place, this.#ratchet.secret),
        entries: head.entries + this.#entries.length,
        bytes: this.#bytes,
        sinceUpdate: this.#sinceUpdate,
        updateDue: this.#updateDue,
        gapTold: this.#gapTold,
      },
    };
  }

  wipe(): void {
    this.#ratchet.wipe();
  }

  /** Room for the entry and the update it may bring. A `gap`, with its update, has its place kept beyond the limit. */
  #fits(length: number, limits: QueueLimits): boolean {
    const entries = this.head.entries + this.#entries.length + (this.#updateDue ? 2 : 1);
    return entries <= limits.entries && this.#bytes + length + ENCRYPTION_OVERHEAD <= limits.bytes;
  }

  #message(padded: Uint8Array): void {
    if (this.#updateDue) this.#update('update');
    this.#push('message', this.#ratchet.message(this.#seq, padded));
    this.#sinceUpdate++;
    this.#updateDue = this.#sinceUpdate >= ENTRIES_PER_UPDATE;
  }

  #update(kind: 'update' | 'reset'): void {
    this.#push(kind, this.#ratchet.update(this.#seq, this.head.encryptionKey));
    this.#sinceUpdate = 0;
    this.#updateDue = false;
  }

  /** The secret cannot be read any more: what waits stays readable, and the ratchet starts anew where no reader has been. */
  #reset(): void {
    this.#seq += RESET_JUMP;
    this.#update('reset');
  }

  #push(kind: QueueEntryKind, body: Uint8Array): void {
    this.#entries.push({ seq: this.#seq, kind, body });
    this.#seq++;
    this.#bytes += body.length;
  }
}
