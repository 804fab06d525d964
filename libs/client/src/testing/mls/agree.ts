import { utf8 } from '@phoenix/wire';
import type { MlsGroup } from '../../mls/mls-group.js';
import { agreement } from './mls-party.js';

/** Expects all of them to be at the same point of the same group. For tests. */
export function agree(...groups: readonly MlsGroup[]): void {
  expect(new Set(groups.map(agreement)).size).toBe(1);
}

/** Expects each of them to be read by all others, under its leaf. */
export async function talk(...groups: readonly MlsGroup[]): Promise<void> {
  for (const sender of groups) {
    const message = await sender.encrypt(utf8('hello'), new Uint8Array());
    const read = { kind: 'message', sender: { leaf: sender.ownLeaf } };
    for (const reader of groups)
      if (reader !== sender) expect(await reader.decrypt(message)).toMatchObject(read);
  }
}
