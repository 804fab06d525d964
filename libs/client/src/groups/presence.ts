import type { LiveGroup } from './session.js';

/** Whether we are in the group as far as we know, be it in sync or not. */
export function isPresent(live: Pick<LiveGroup, 'record'>): boolean {
  const { status } = live.record;
  return status === 'active' || status === 'leaving' || isAstray(live);
}

/** Whether we have lost the group and may come back to it. */
export function isAstray({ record }: Pick<LiveGroup, 'record'>): boolean {
  return record.status === 'out-of-sync' || record.status === 'damaged';
}
