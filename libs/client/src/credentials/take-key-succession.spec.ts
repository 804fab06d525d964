import {
  decode,
  encode,
  formatClientId,
  formatUserId,
  type KeySuccession,
  keySuccession,
} from '@phoenix/wire';
import { CONTACT } from '../contacts/contact.js';
import { agreesWith, knownKeys } from '../contacts/known-keys.js';
import { GROUP, type MemberRecord } from '../groups/group-record.js';
import type { LiveGroup, Session } from '../groups/session.js';
import { authority, crypto, fresh } from '../testing/rule-cases/home-domain.js';
import { member } from '../testing/rule-cases/roles.js';
import { someGroup } from '../testing/rule-cases/some-group.js';
import { issueKeySuccession } from './key-succession.js';
import { settleSuccessions } from './settle-successions.js';
import { SUCCESSION } from './succession-record.js';
import { takeKeySuccession } from './take-key-succession.js';

const REFUSED = [{ kind: 'unreadable', reason: 'succession' }];
const first = authority.client();
const { clientId } = first.credential.payload;
const user = formatUserId(clientId.user);

/** Bob's keys, each the former of the next, and his word for each step. */
const [one, two, three] = [first.keys, crypto.signer.generateKeyPair(), crypto.signer.generateKeyPair()];
const word = (from: typeof one, to: Uint8Array, as = clientId): Uint8Array => {
  const payload = { ...first.credential.payload, clientId: as, publicKey: from.publicKey };
  const holder = { credential: { ...first.credential, payload }, privateKey: from.privateKey };
  return issueKeySuccession(crypto, holder, to);
};
const [toTwo, toThree] = [word(one, two.publicKey), word(two, three.publicKey)];
const changed = (change: Partial<KeySuccession>): Uint8Array =>
  encode(keySuccession, { ...decode(keySuccession, toTwo), ...change });

const leafUnder = (credentialKey: Uint8Array): MemberRecord => ({ ...member(1, 2), clientId, credentialKey });

/** Alice, who knows Bob by his first key, in a group in which his leaf is under it. */
async function aliceWhoKnowsBob() {
  const { host, live } = await someGroup();
  const { session } = host;
  const keys = {
    friendshipToken: fresh(),
    addPackageKey: fresh(),
    attributionKey: fresh(),
    profileKey: fresh(),
  };
  const contact = { userId: clientId.user, keys, credentialKey: one.publicKey, group: undefined };
  session.work.put(CONTACT, contact, user);
  await bobIs(session, live, one.publicKey);
  const says = (body: Uint8Array, key = one.publicKey) =>
    takeKeySuccession(session, live, leafUnder(key), body);
  const knows = async (key: Uint8Array) => agreesWith(await knownKeys(session), clientId, key);
  return { session, live, says, knows };
}
async function bobIs(session: Session, live: LiveGroup, key: Uint8Array): Promise<void> {
  session.touch(live, { members: [live.record.members[0]!, leafUnder(key)] });
  await session.save();
}

describe('a key succession that a member tells of', () => {
  it('has both keys count, and is told once however often it is heard', async () => {
    const { says, knows, live } = await aliceWhoKnowsBob();
    expect(await knows(two.publicKey)).toBe(false);
    expect(await says(toTwo)).toEqual([{ kind: 'key-changed', group: live.name, user }]);
    expect([await knows(one.publicKey), await knows(two.publicKey)]).toEqual([true, true]);
    expect(await says(toTwo)).toEqual([]);
    expect(await says(toTwo, two.publicKey)).toEqual([]);
  });

  it('may be two steps, one after the other, and not the second alone', async () => {
    const { says, knows } = await aliceWhoKnowsBob();
    expect(await says(toThree)).toMatchObject(REFUSED);
    expect(await knows(three.publicKey)).toBe(false);
    expect(await says(toTwo)).toMatchObject([{ kind: 'key-changed' }]);
    expect(await says(toThree)).toMatchObject([{ kind: 'key-changed' }]);
    expect(await knows(three.publicKey)).toBe(true);
  });

  const forgeries: [string, Uint8Array][] = [
    ['is for another client', word(one, two.publicKey, authority.client().credential.payload.clientId)],
    ['is signed by the AS, or whoever, in the old key’s name', changed({ signature: fresh(64) })],
    [
      'is signed by the new key',
      changed({ signature: decode(keySuccession, word(two, three.publicKey)).signature }),
    ],
    ['names a key that it was not signed for', changed({ nextKey: three.publicKey })],
    ['names a key that is none', word(one, fresh(31))],
    ['leads from a key that nobody knows', word(crypto.signer.generateKeyPair(), two.publicKey)],
    ['leads nowhere', word(one, fresh(0))],
    ['is none', fresh(40)],
  ];
  it.each(forgeries)('changes nothing when it %s', async (_, body) => {
    const { session, says, knows } = await aliceWhoKnowsBob();
    expect(await says(body)).toMatchObject(REFUSED);
    expect(await session.work.names(SUCCESSION)).toEqual([]);
    for (const key of [two.publicKey, three.publicKey]) expect(await knows(key)).toBe(false);
  });

  it('is not followed by another of the same key, nor by one that leads back', async () => {
    const { says, knows } = await aliceWhoKnowsBob();
    await says(toTwo);
    expect(await says(word(one, three.publicKey))).toMatchObject(REFUSED);
    expect(await knows(three.publicKey)).toBe(false);
    await says(toThree);
    const back = word(three, two.publicKey);
    expect(await says(back)).toMatchObject(REFUSED);
    expect(await says(back, two.publicKey)).toEqual([]);
  });

  it('ends with the old key forgotten, once no leaf is under it, and is then old news', async () => {
    const { session, live, says, knows } = await aliceWhoKnowsBob();
    await says(toTwo);
    await settleSuccessions(session);
    expect([await knows(one.publicKey), await knows(two.publicKey)]).toEqual([true, true]);
    await bobIs(session, live, two.publicKey);
    await settleSuccessions(session);
    expect([await knows(one.publicKey), await knows(two.publicKey)]).toEqual([false, true]);
    expect(await session.work.names(SUCCESSION)).toEqual([]);
    expect(await says(toTwo, two.publicKey)).toEqual([]);
    expect(await says(word(one, three.publicKey), two.publicKey)).toMatchObject(REFUSED);
    expect([await knows(one.publicKey), await knows(three.publicKey)]).toEqual([false, false]);
  });

  it('of a stranger is kept for as long as a leaf is under the old key', async () => {
    const { session, live, says } = await aliceWhoKnowsBob();
    session.work.delete(CONTACT, user);
    await says(toTwo);
    await settleSuccessions(session);
    expect(await session.work.names(SUCCESSION)).toEqual([formatClientId(clientId)]);
    session.touch(live, { members: [live.record.members[0]!] });
    await session.save();
    expect((await session.work.get(GROUP, live.name))?.members).toHaveLength(1);
    await settleSuccessions(session);
    expect(await session.work.names(SUCCESSION)).toEqual([]);
  });
});
