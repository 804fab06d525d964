import { concat, type GroupId, utf8 } from '@phoenix/wire';
import type { DeletedQueue } from '../domain/fan-out.js';
import { sealNotice } from '../domain/notice.js';
import { drawSlots } from '../domain/notices.js';
import type { GroupStore } from '../ports/group-store.js';
import type { DsWorld } from './ds-world.js';

/** How many reports are remembered, 32 bytes each and a few more for the map. */
const REMEMBERED = 10_000;
/** After a day a report is filed again: others may have taken its slot before anybody read it. */
const AGAIN_MS = 24 * 60 * 60_000;

/** A group whose fan-out was reported on. */
export interface NoticedGroup {
  readonly id: GroupId;
  /** Its row's notice key. */
  readonly noticeKey: Uint8Array;
}

/**
 * Files reports of deleted queues with their group, where the next commit reads them (docs/protocol §7). Call it once the
 * request's effect is durable and its transaction over, whose lock on the row this would wait for. It fails nothing: what
 * could not be filed, the next message to that queue reports again.
 */
export class FileNotices {
  /** When a report was last filed with a group: each message to a deleted queue reports it. In memory alone. */
  readonly #filed = new Map<string, number>();

  constructor(
    private readonly store: GroupStore,
    private readonly world: DsWorld,
  ) {}

  async execute({ id, noticeKey }: NoticedGroup, queues: readonly DeletedQueue[]): Promise<void> {
    const news = queues.filter((queue) => !this.#isFiled(this.#keyOf(id, queue)));
    if (news.length === 0) return;
    const { crypto, clock } = this.world;
    try {
      const slots = drawSlots(crypto.random, news.length).map((index, i) => ({
        index,
        sealed: sealNotice(crypto, noticeKey, id, news[i]),
      }));
      await this.store.fileNotices(id.uuid, slots);
      for (const queue of news.slice(0, slots.length)) this.#remember(this.#keyOf(id, queue), clock.now());
    } catch {
      // The message is where it has to be; nothing of this is its sender's business.
    }
  }

  #isFiled(key: string): boolean {
    const filedMs = this.#filed.get(key);
    return filedMs !== undefined && this.world.clock.now() - filedMs < AGAIN_MS;
  }

  #remember(key: string, nowMs: number): void {
    this.#filed.delete(key);
    this.#filed.set(key, nowMs);
    const [oldest] = this.#filed.keys();
    if (this.#filed.size > REMEMBERED && oldest !== undefined) this.#filed.delete(oldest);
  }

  /** Of the report and its group together: a queue may be in several groups, and this memory is not to say in which. */
  #keyOf({ uuid }: GroupId, { digest, domain }: DeletedQueue): string {
    const report = this.world.crypto.sha256(concat(uuid, digest, utf8(domain)));
    return String.fromCharCode(...report);
  }
}
