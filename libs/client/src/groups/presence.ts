import type { LiveGroup } from './session.js';

/** Whether we are in the group as far as we know, be it in sync or not. */
export function isPresent({ record }: Pick<LiveGroup, 'record'>): boolean {
  const { status } = record;
  return status === 'active' || status === 'leaving' || status === 'out-of-sync';
}
