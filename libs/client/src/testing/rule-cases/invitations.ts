import { encode, EXTENSION_GROUP_KEYS, groupKeys, type Outcome, type WelcomeBundle } from '@phoenix/wire';
import { hex } from '../../credentials/fingerprint.js';
import { attributeWelcome } from '../../groups/attribute-welcome.js';
import { joinGroup } from '../../groups/join-group.js';
import { endGroup } from '../../groups/take-commit.js';
import { makeAddPackage } from '../../packages/make-add-package.js';
import { type OwnPackage, PACKAGE } from '../../packages/own-package.js';
import { crypto, DOMAIN, fresh, mustHold } from './home-domain.js';
import type { HomeClient } from './scripted-home.js';
import { keySetOf, type SomeGroup, someGroup } from './some-group.js';

/** Two Welcomes to one group for one who has joined by the first and was removed before the second. */
export interface WelcomedTwice {
  readonly first: WelcomeBundle;
  readonly second: WelcomeBundle;
  readonly joinBy: (bundle: WelcomeBundle) => Promise<Outcome<unknown>>;
}

export async function welcomedTwice(): Promise<WelcomedTwice> {
  const group = await someGroup();
  const guest = await group.home.client();
  const own = await lastResortOf(guest);
  group.keySets.set(1, keySetOf(group.live, guest.account, own.leaf));
  const joinBy = (bundle: WelcomeBundle) => joinGroup(guest.session, guest.account, bundle);
  const first = await invite(group, guest, own);
  mustHold(await joinBy(first));
  endGroup(guest.session, (await guest.session.group(group.live.name))!, 'removed');
  await group.live.mls.stageCommit({ authenticatedData: new Uint8Array(0), remove: [1] });
  await group.live.mls.mergePendingCommit();
  const second = await invite(group, guest, own);
  return { first, second, joinBy };
}

/** A package that opens every Welcome to it, for as long as it lives. */
async function lastResortOf({ session, account }: HomeClient): Promise<OwnPackage> {
  const sealer = () => ({ domain: DOMAIN, sealed: fresh(200) });
  const { own } = await makeAddPackage(session.context, account, sealer, true);
  session.work.put(PACKAGE, own, hex(own.ref));
  return own;
}

/** Adds the guest, and says to it who did. */
async function invite(
  { host, live: { mls, record } }: SomeGroup,
  guest: HomeClient,
  own: OwnPackage,
): Promise<WelcomeBundle> {
  const staged = await mls.stageCommit({
    authenticatedData: new Uint8Array(0),
    add: [own.keyPackage],
    welcomeExtensions: [{ type: EXTENSION_GROUP_KEYS, data: encode(groupKeys, record.keys) }],
  });
  await mls.mergePendingCommit();
  const welcome = staged!.welcome!;
  const { id } = record;
  const { attributionKey } = guest.account.friendship;
  const attribution = attributeWelcome(crypto, host.account, { id, welcome }, attributionKey);
  return { groupId: id, welcome, attribution };
}
