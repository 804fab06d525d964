import type { ClientContext } from '../client-context.js';
import type { MlsGroup } from '../mls/mls-group.js';
import { UnitOfWork } from '../store/unit-of-work.js';
import { GROUP, type GroupRecord, type PendingCommit } from './group-record.js';

/** A group in use: what we know of it, and its MLS state. */
export interface LiveGroup {
  readonly name: string;
  record: GroupRecord;
  readonly mls: MlsGroup;
  /** The newest commit of ours that has become the group's while this was in use. */
  merged?: PendingCommit;
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

  /** Takes in a group that was created or joined. */
  adopt(live: LiveGroup): void {
    this.#groups.set(live.name, live);
    this.#touched.add(live);
  }

  /** Has the group written with the next save. */
  touch(live: LiveGroup, changes: Partial<GroupRecord> = {}): void {
    live.record = { ...live.record, ...changes };
    this.#touched.add(live);
  }

  /** Writes all that changed, in one batch. */
  async save(): Promise<void> {
    for (const live of this.#touched) {
      live.record = { ...live.record, mls: await live.mls.serialize() };
      this.work.put(GROUP, live.record, live.name);
    }
    await this.work.save();
    this.#touched.clear();
  }
}
