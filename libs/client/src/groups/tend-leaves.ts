import { done, equal } from '@phoenix/wire';
import type { Account } from '../account/account.js';
import { FORMER_KEY } from '../account/former-keys.js';
import { inRandomOrder } from '../connecting/in-random-order.js';
import { GROUP } from './group-record.js';
import { isUnderFormerKey } from './hand-over.js';
import type { InOrderOptions } from './in-order.js';
import { LEAF_LIFE } from './leaf-life.js';
import type { Session } from './session.js';
import { updateOwnLeaf } from './update-own-leaf.js';
import { withActiveGroup } from './with-active-group.js';

/** Of what is due an eighth is replaced in one go. */
const SHARE = 8;

/**
 * Replaces leaves of ours that are under a former key or run out before long: a few at a time and in an order drawn at random, for a DS that
 * saw us do it in all groups at once could tell that these pseudonyms are one (docs/protocol §3). What fails is tried the next time.
 */
export async function tendLeaves(
  session: Session,
  account: Account,
  options: Pick<InOrderOptions, 'pause'>,
): Promise<void> {
  await forgetFormerKeys(session, account);
  const due = inRandomOrder(session.context.crypto.random, await dueGroups(session, account));
  for (const name of due.slice(0, Math.ceil(due.length / SHARE))) {
    const before = await session.work.get(LEAF_LIFE, name);
    const replaced = await withActiveGroup(session, account, { ...options, name }, (live) => {
      const { publicKey } = live.record.leaf.signatureKeys;
      // Putting the group in order may have replaced it.
      const isOld = before !== undefined && equal(publicKey, before.signatureKey);
      return isOld ? updateOwnLeaf(session, live, account, { newPseudonym: false }) : Promise.resolve(done());
    });
    if (!replaced.ok && replaced.refusal.code === 'UNAVAILABLE') return;
  }
}

/** Forgets former keys of ours that no leaf is under, and no package any more, for its credential has run out. */
async function forgetFormerKeys(session: Session, account: Account): Promise<void> {
  const { work, context } = session;
  const names = await work.names(FORMER_KEY);
  if (names.length === 0) return;
  const { publicKey } = account.credential.payload;
  for (const name of await work.names(LEAF_LIFE)) {
    const life = await work.get(LEAF_LIFE, name);
    if (life !== undefined && !equal(life.credentialKey, publicKey)) return;
  }
  const now = BigInt(Math.floor(context.clock.now() / 1000));
  const kept = await Promise.all(names.map((name) => work.get(FORMER_KEY, name)));
  if (kept.some((former) => former !== undefined && former.credential.payload.expiration.notAfter >= now))
    return;
  for (const name of names) work.delete(FORMER_KEY, name);
  await session.save();
}

async function dueGroups({ work, context }: Session, account: Account): Promise<string[]> {
  const now = BigInt(context.clock.now());
  const { publicKey } = account.credential.payload;
  const due: string[] = [];
  for (const name of await work.names(LEAF_LIFE)) {
    const life = await work.get(LEAF_LIFE, name);
    if (life === undefined) continue;
    const isForeign = !equal(life.credentialKey, publicKey);
    const record = isForeign ? await work.get(GROUP, name) : undefined;
    if (life.due <= now || (record !== undefined && isUnderFormerKey(record, account))) due.push(name);
  }
  return due;
}
