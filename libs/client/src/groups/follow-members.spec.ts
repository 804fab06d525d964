import {
  commitAad,
  encode,
  formatClientId,
  formatUserId,
  type MemberKeySet,
  type Outcome,
} from '@phoenix/wire';
import { issueKeySuccession } from '../credentials/key-succession.js';
import { accountOf } from '../testing/account-of.js';
import { CredentialAuthority } from '../testing/credential-authority.js';
import {
  adds,
  enters,
  memberJudgement as judgement,
  present,
  updates,
} from '../testing/rule-cases/entering.js';
import { authority, crypto, fresh, NOW } from '../testing/rule-cases/home-domain.js';
import { followMembers, type TakenCommit } from './follow-members.js';

const refusedBy = (rule: string): Outcome<never> => ({
  ok: false,
  refusal: { code: 'INVALID_CREDENTIAL', rule: `client.${rule}` },
});

describe("a group's members after a commit", () => {
  const alice = enters(accountOf(crypto, authority.client()), 0);
  const bobsAccount = accountOf(crypto, authority.client());
  const bob = enters(bobsAccount, 1);
  const carol = enters(accountOf(crypto, authority.client()), 2);
  const before = [present(alice), present(bob)];

  it('are those who were added, each by the key set at its place', () => {
    const followed = followMembers(judgement, [present(alice)], adds([bob, carol]), 5n);
    expect(followed).toEqual({ ok: true, value: [alice, bob, carol].map(present) });
  });

  it('are refused when the key sets of two were swapped', () => {
    const swapped = adds([bob, carol], [carol.keySet, bob.keySet]);
    expect(followMembers(judgement, [present(alice)], swapped, 5n)).toEqual(refusedBy('key-set.open'));
  });

  it('are refused when a key set is missing', () => {
    expect(followMembers(judgement, [present(alice)], adds([bob], []), 5n)).toEqual(
      refusedBy('key-set.count'),
    );
  });

  it('are refused when the link of one who was added is forged', () => {
    const forger = { ...bobsAccount, credentialKey: fresh() };
    expect(followMembers(judgement, [present(alice)], adds([enters(forger, 1)]), 5n)).toEqual(
      refusedBy('link.signature'),
    );
  });

  it('are refused when one who was added comes from another authority of the same name', () => {
    const impostor = new CredentialAuthority(crypto, 'example.com', NOW);
    const added = adds([enters(accountOf(crypto, impostor.client()), 1)]);
    expect(followMembers(judgement, [present(alice)], added, 5n)).toEqual(refusedBy('credential.signer'));
  });

  it('are the same people after an update, under new keys and pseudonym, the former leaf known for late messages', () => {
    const renewed = enters(bobsAccount, 1);
    expect(followMembers(judgement, before, updates(bob, renewed), 5n)).toEqual({
      ok: true,
      value: [present(alice), { ...present(bob), leftIn: 5n }, present(renewed)],
    });
  });

  it('are refused when a commit changes a leaf that is not its committer’s', () => {
    const renewed = enters(bobsAccount, 1);
    expect(followMembers(judgement, before, updates(bob, renewed, 0), 5n)).toEqual(refusedBy('leaf.owner'));
  });

  it('are the same people after one came back from outside, wherever its leaf is, under the pseudonym that it had', () => {
    const { pseudonym } = present(bob);
    const back = enters(bobsAccount, 4, { pseudonym });
    const commit: TakenCommit = { ...updates(bob, back), external: true };
    expect(followMembers(judgement, before, commit, 5n)).toEqual({
      ok: true,
      value: [present(alice), { ...present(bob), leftIn: 5n }, present(back)],
    });
    const renamed: TakenCommit = { ...updates(bob, enters(bobsAccount, 4)), external: true };
    expect(followMembers(judgement, before, renamed, 5n)).toEqual(refusedBy('leaf.owner'));
    const within = updates(bob, back);
    expect(followMembers(judgement, before, within, 5n)).toEqual(refusedBy('leaf.owner'));
    const other = enters(accountOf(crypto, authority.client()), 4, { pseudonym });
    const taken: TakenCommit = { ...updates(bob, other), external: true };
    expect(followMembers(judgement, before, taken, 5n)).toEqual(refusedBy('leaf.owner'));
  });

  it('are joined from outside by one who brings its own key set, and no other', () => {
    const joined = (keySet: MemberKeySet | undefined, added: MemberKeySet[] = []): TakenCommit => ({
      ...adds([carol]),
      external: true,
      committer: 2,
      authenticatedData: encode(commitAad, { added, own: keySet, ownQueueConfig: undefined }),
    });
    expect(followMembers(judgement, before, joined(carol.keySet), 5n)).toEqual({
      ok: true,
      value: [alice, bob, carol].map(present),
    });
    for (const commit of [joined(undefined), joined(undefined, [carol.keySet])])
      expect(followMembers(judgement, before, commit, 5n)).toEqual(refusedBy('key-set.count'));
    expect(followMembers(judgement, before, joined(bob.keySet), 5n)).toEqual(refusedBy('key-set.open'));
  });

  it('keep the last two profile keys of one who comes with another', () => {
    const changed = { ...bobsAccount, friendship: { ...bobsAccount.friendship, profileKey: fresh() } };
    const followed = followMembers(judgement, before, updates(bob, enters(changed, 1)), 5n);
    const keysOf = followed.ok ? followed.value.at(-1)!.profileKeys : [];
    expect(keysOf).toEqual([changed.friendship.profileKey, bobsAccount.friendship.profileKey]);
  });

  it('are the same people under another credential key, if the one before handed over to it', () => {
    const { clientId, publicKey } = bobsAccount.credential.payload;
    const next = accountOf(crypto, authority.client({ clientId }));
    const nextKey = next.credential.payload.publicKey;
    const commit = updates(bob, enters(next, 1));
    expect(followMembers(judgement, before, commit, 5n)).toEqual(refusedBy('succession.missing'));
    const holder = { credential: bobsAccount.credential, privateKey: bobsAccount.credentialKey };
    const handover = issueKeySuccession(crypto, holder, nextKey);
    const told = { ...judgement, successions: new Map([[formatClientId(clientId), [handover]]]) };
    const followed = followMembers(told, before, commit, 5n);
    expect(followed.ok && followed.value.map(({ credentialKey }) => credentialKey).slice(1)).toEqual([
      publicKey,
      nextKey,
    ]);
    const back = updates(enters(next, 1), bob);
    const after = [present(alice), present(enters(next, 1))];
    expect(followMembers(told, after, back, 6n)).toEqual(refusedBy('succession.missing'));
  });

  it('are refused when a contact turns up under another credential key', () => {
    const name = formatUserId(bobsAccount.credential.payload.clientId.user);
    const wary = { ...judgement, knownKeys: new Map([[name, [fresh()]]]) };
    expect(followMembers(wary, [present(alice)], adds([bob]), 5n)).toEqual(refusedBy('contact.identity'));
  });

  it('forget former leaves after four epochs', () => {
    const former = { ...present(bob), leftIn: 5n };
    const none = adds([]);
    const at = (epoch: bigint) => {
      const followed = followMembers(judgement, [present(alice), former], none, epoch);
      return followed.ok ? followed.value.length : 0;
    };
    expect([at(8n), at(9n)]).toEqual([2, 1]);
  });
});
