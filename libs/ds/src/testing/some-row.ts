import { nodeCrypto } from '@phoenix/crypto';
import type { GroupRow } from '../domain/group-row.js';
import { NOTICE_LENGTH } from '../domain/notice.js';
import { NOTICE_SLOTS } from '../domain/notices.js';
import type { GroupState } from '../ports/group-store.js';

const { random } = nodeCrypto();

/** A row of random contents. */
export function someRow(changed: Partial<GroupRow> = {}): GroupRow {
  const sections = { roster: random.bytes(40_000), tree: random.bytes(150_000) };
  return {
    groupId: random.uuid(),
    ...sections,
    lastActiveMonth: 682,
    pending: undefined,
    generation: random.bytes(16),
    noticeKey: random.bytes(32),
    notices: random.bytes(NOTICE_SLOTS * NOTICE_LENGTH),
    ...changed,
  };
}

/** A state of random contents, to take the place of another. */
export function someState(): GroupState {
  return {
    roster: random.bytes(40_000),
    tree: random.bytes(150_000),
    pending: random.bytes(33_000),
    generation: random.bytes(16),
  };
}

/** A row in a form that tests compare by. */
export const plain = (row: Partial<GroupRow> | undefined): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(row ?? {}).map(([name, value]) => [
      name,
      value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value,
    ]),
  );
