import { formatClientId, list, opaque, struct } from '@phoenix/wire';
import { FORMER_KEY } from '../account/former-keys.js';
import { recordKind } from '../store/record-kind.js';
import type { UnitOfWork } from '../store/unit-of-work.js';

/**
 * The successions (encoded, verified) of a client whose former key some leaf still has, or a contact is still known by: both keys count
 * until then. By client id, written out.
 */
export const SUCCESSION = recordKind('successions/', struct({ steps: list(opaque()) }));

/** Successions by client id, written out. */
export type Successions = ReadonlyMap<string, readonly Uint8Array[]>;

/** All handovers that are under way, our own among them: our commits are followed as others' are. */
export async function successionsOf(work: UnitOfWork): Promise<Successions> {
  const all = new Map<string, readonly Uint8Array[]>();
  for (const key of await work.names(FORMER_KEY)) {
    const former = await work.get(FORMER_KEY, key);
    if (former === undefined) continue;
    const name = formatClientId(former.credential.payload.clientId);
    all.set(name, [...(all.get(name) ?? []), former.succession]);
  }
  for (const name of await work.names(SUCCESSION))
    all.set(name, (await work.get(SUCCESSION, name))?.steps ?? []);
  return all;
}
