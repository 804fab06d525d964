import { done, type GroupKeys, type Outcome } from '@phoenix/wire';
import { knownKeys } from '../contacts/known-keys.js';
import { successionsOf } from '../credentials/succession-record.js';
import type { Presence } from '../credentials/verify-client-credential.js';
import type { Session } from './session.js';
import type { MemberJudgement } from './verify-member.js';

/** What the leaves of a group are judged by now; refuses while there is no directory to judge by. */
export async function judgeMembers(
  session: Session,
  group: { readonly groupId: Uint8Array; readonly keys: GroupKeys },
  presence: Presence,
): Promise<Outcome<MemberJudgement>> {
  const { context, work } = session;
  const directories = await context.directories.current();
  if (!directories.ok) return directories;
  return done({
    ...group,
    crypto: context.crypto,
    directories: directories.value,
    presence,
    nowMs: context.clock.now(),
    knownKeys: await knownKeys(session, group.groupId),
    successions: await successionsOf(work),
  });
}
