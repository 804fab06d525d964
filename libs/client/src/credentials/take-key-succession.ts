import { decode, equal, formatClientId, formatUserId, keySuccession, tryDecode } from '@phoenix/wire';
import type { MemberRecord } from '../groups/group-record.js';
import type { LiveGroup, Session } from '../groups/session.js';
import type { ClientEvent } from '../messages/client-event.js';
import { keysFrom, MOST_STEPS } from './key-succession.js';
import { SUCCESSION } from './succession-record.js';

/**
 * A member says which key follows its own (docs/protocol §3). It counts where the newest key that we know it by, starting from its leaf's,
 * has signed it: a second successor of one key, one of another client and one that leads back are refused, one that we have is nothing new.
 */
export async function takeKeySuccession(
  session: Session,
  live: LiveGroup,
  { clientId, credentialKey }: MemberRecord,
  body: Uint8Array,
): Promise<ClientEvent[]> {
  const { context, work } = session;
  const group = live.name;
  const name = formatClientId(clientId);
  const steps = (await work.get(SUCCESSION, name))?.steps ?? [];
  const said = tryDecode(() => decode(keySuccession, body));
  const isKnown = steps.some((step) => equal(step, body));
  if (isKnown || (said !== undefined && equal(said.nextKey, credentialKey))) return [];
  const holder = { clientId, publicKey: credentialKey };
  const before = keysFrom(context.crypto, holder, steps);
  const newest = before.at(-1)!;
  const isNext = said !== undefined && equal(said.formerKey, newest) && steps.length < MOST_STEPS;
  if (!isNext || keysFrom(context.crypto, holder, [...steps, body]).length === before.length)
    return [{ kind: 'unreadable', group, reason: 'succession' }];
  work.put(SUCCESSION, { steps: [...steps, body] }, name);
  return [{ kind: 'key-changed', group, user: formatUserId(clientId.user) }];
}
