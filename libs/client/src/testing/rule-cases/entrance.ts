import { decode, encode, type Outcome } from '@phoenix/wire';
import { acceptCard } from '../../contacts/accept-card.js';
import { contactCard } from '../../contacts/contact-card.js';
import { ownCard } from '../../contacts/own-card.js';
import type { CredentialRule } from '../../credentials/credential-rule.js';
import { groupOffer, joinConnectionGroup } from '../../groups/connection-group.js';
import type { GroupRule } from '../../groups/group-rule.js';
import { resyncGroup } from '../../groups/resync-group.js';
import { fresh, mustHold } from './home-domain.js';
import { between, type RuleCase } from './rule-case.js';
import { ScriptedHome } from './scripted-home.js';
import { type SomeGroup, someGroup, toldOf } from './some-group.js';

type EntranceRule =
  | Extract<GroupRule, `client.resync.${string}` | `client.offer.${string}`>
  | Extract<CredentialRule, 'client.contact.root'>;

/** What the DS does before it is asked. */
type Doing = (group: SomeGroup) => Promise<void>;
const nothing: Doing = async () => undefined;

/** Comes back to a group, of which the DS may say something else than it should. */
async function comeBack(doing: Doing): Promise<Outcome<void>> {
  const group = await someGroup();
  await doing(group);
  const { session, account } = group.host;
  return resyncGroup(session, account, group.live, { pause: async () => undefined, always: true });
}

/** The DS tells of an epoch that is over. */
const tellThePast: Doing = async ({ home, live, keySets }) => {
  const former = await toldOf(live, keySets);
  home.tell = async () => former;
  await live.mls.stageCommit({ authenticatedData: new Uint8Array(0) });
  await live.mls.mergePendingCommit();
};

/** The DS tells of the group what nobody in it has signed. */
const tellTheUnsigned: Doing = async ({ home, live, keySets }) => {
  const told = await toldOf(live, keySets);
  const groupInfo = told.groupInfo.slice();
  groupInfo[groupInfo.length - 1]! ^= 1;
  home.tell = async () => ({ ...told, groupInfo });
};

/** Joins by the offer of a host, or of somebody else in its name. */
async function joinBy(from: 'host' | 'another'): Promise<Outcome<string>> {
  const { home, offer } = await someGroup();
  const { session, account } = await home.client();
  const read = decode(groupOffer, offer);
  const named = from === 'host' ? read.from : (await home.client()).account.credential.payload.clientId;
  return joinConnectionGroup(session, account, encode(groupOffer, { ...read, from: named }));
}

/** Takes a friend's card, with its root or with another. */
async function take(root: Uint8Array | undefined): Promise<Outcome<string>> {
  const home = new ScriptedHome();
  const [alice, bob] = [await home.client(), await home.client()];
  const card = decode(contactCard, mustHold(await ownCard(alice.session.context, alice.account)));
  return acceptCard(bob.session, encode(contactCard, { ...card, ...(root && { root }) }));
}

/** Cases of what we are told, and by whom, before we are in. */
export const entranceCases: Record<EntranceRule, RuleCase> = {
  'client.resync.epoch': between(comeBack, tellThePast, nothing),
  'client.resync.group': between(comeBack, tellTheUnsigned, nothing),
  'client.offer.member': between(joinBy, 'another', 'host'),
  'client.contact.root': between(take, fresh(), undefined),
};
