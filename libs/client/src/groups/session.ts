import type { ClientContext } from '../client-context.js';
import { hex } from '../credentials/fingerprint.js';
import type { ClientEvent } from '../messages/client-event.js';
import { keepNotices } from '../messages/inbox.js';
import type { MlsGroup } from '../mls/mls-group.js';
import { UnitOfWork } from '../store/unit-of-work.js';
import { CARE, needsCare } from './care.js';
import { noteLeafLife } from './leaf-life.js';
import { GROUP, type GroupRecord, type PendingRequest } from './group-record.js';

/** A group in use: what we know of it, and its MLS state. */
export interface LiveGroup {
  readonly name: string;
  record: GroupRecord;
  mls: MlsGroup;
  /** The newest commit of ours that has become the group's while this was in use. */
  merged?: PendingRequest;
}

/**
 * One stretch of work on a client's state: groups are restored once and saved together with everything else that changed, in
 * one batch. A session whose work failed is thrown away, and with it what was not saved.
 */
export class Session {
  readonly work: UnitOfWork;
  readonly #groups = new Map<string, LiveGroup>();
  readonly #touched = new Set<LiveGroup>();

  constructor(readonly context: ClientContext) {
    this.work = new UnitOfWork(context.store);
  }

  /** The group of that name, restored when it is first asked for. */
  async group(name: string): Promise<LiveGroup | undefined> {
    const known = this.#groups.get(name);
    if (known !== undefined) return known;
    const record = await this.work.get(GROUP, name);
    if (record === undefined) return undefined;
    const live = { name, record, mls: await this.context.engine.restoreGroup(record.mls) };
    this.#groups.set(name, live);
    return live;
  }

  /** Takes in a group that was created, joined or entered again: whoever has it in use goes on in the new state. */
  adopt({ name, record, mls }: LiveGroup): LiveGroup {
    const known = this.#groups.get(name);
    const live: LiveGroup =
      known === undefined ? { name, record, mls } : Object.assign(known, { record, mls });
    this.#groups.set(name, live);
    this.#touched.add(live);
    return live;
  }

  /** Has the group written with the next save. */
  touch(live: LiveGroup, changes: Partial<GroupRecord> = {}): void {
    live.record = { ...live.record, ...changes };
    this.#touched.add(live);
  }

  /** Writes all that changed, with events for the user that no queue entry has brought. */
  async keep(events: readonly ClientEvent[]): Promise<void> {
    await keepNotices(this.work, events, hex(this.context.crypto.random.bytes(8)));
    await this.save();
  }

  /** Writes all that changed, in one batch. */
  async save(): Promise<void> {
    for (const live of this.#touched) {
      live.record = { ...live.record, mls: await live.mls.serialize() };
      this.work.put(GROUP, live.record, live.name);
      if (needsCare(live.record, live.mls)) this.work.put(CARE, {}, live.name);
      else this.work.delete(CARE, live.name);
      await noteLeafLife(this, live);
    }
    await this.work.save();
    this.#touched.clear();
  }
}
