import { equal, fixed, struct, u64 } from '@phoenix/wire';
import { leafCredentialOf } from '../credentials/leaf-credential.js';
import { drawDue } from '../packages/draw-due.js';
import { recordKind } from '../store/record-kind.js';
import { ownMember } from './hand-over.js';
import { isPresent } from './presence.js';
import type { LiveGroup, Session } from './session.js';

/**
 * When our leaf in a group (known by its `signatureKey`) is to be replaced, in UTC milliseconds, and the credential key that it is under:
 * so that groups that rest need not be restored to be asked.
 */
export const LEAF_LIFE = recordKind(
  'leaf-lives/',
  struct({ signatureKey: fixed(32), credentialKey: fixed(32), due: u64 }),
);

/** Notes, in the batch that saves a group, what became of our leaf in it. */
export async function noteLeafLife({ work, context }: Session, live: LiveGroup): Promise<void> {
  const { name, record, mls } = live;
  if (!isPresent(live)) {
    work.delete(LEAF_LIFE, name);
    return;
  }
  const signatureKey = record.leaf.signatureKeys.publicKey;
  const kept = await work.get(LEAF_LIFE, name);
  const own = ownMember(record);
  if (own === undefined || (kept !== undefined && equal(kept.signatureKey, signatureKey))) return;
  const leaf = mls.members().find((member) => equal(member.signatureKey, signatureKey));
  const identity = leaf && leafCredentialOf(leaf.identity);
  if (identity === undefined) return;
  const due = drawDue(context.crypto.random, identity.expiration.notAfter);
  work.put(LEAF_LIFE, { signatureKey, credentialKey: own.credentialKey, due }, name);
}
