import type { GroupId } from '@phoenix/wire';
import type { Account } from '../../account/account.js';
import type { CredentialRule } from '../../credentials/credential-rule.js';
import {
  attributeWelcome,
  type AttributedWelcome,
  verifyAttribution,
} from '../../groups/attribute-welcome.js';
import type { MemberRecord } from '../../groups/group-record.js';
import { accountOf } from '../account-of.js';
import { enters, present } from './entering.js';
import { authority, crypto, DOMAIN, fresh } from './home-domain.js';
import { welcomedTwice } from './invitations.js';
import { between, type RuleCase } from './rule-case.js';

type WelcomeRule = Extract<CredentialRule, `client.attribution.${string}` | `client.welcome.${string}`>;

const alice = accountOf(crypto, authority.client());
const bob = accountOf(crypto, authority.client());
const members = [present(enters(alice, 0)), present(enters(bob, 1))];
const id: GroupId = { uuid: crypto.random.uuid(), domain: DOMAIN };
const [welcome, key] = [fresh(300), fresh()];

/** A Welcome that Alice sends, attributed under the recipient's key by who holds her private key. */
const attributed = (privateKey = alice.credentialKey): AttributedWelcome => {
  const sender: Account = { ...alice, credentialKey: privateKey };
  return { id, welcome, attribution: attributeWelcome(crypto, sender, { id, welcome }, key) };
};

interface Arrival {
  readonly bundle?: AttributedWelcome;
  readonly among?: readonly MemberRecord[];
}

const arriving = (breaking: Arrival): RuleCase =>
  between(
    ({ bundle = attributed(), among = members }: Arrival) => verifyAttribution(crypto, bundle, key, among),
    breaking,
    {},
  );

/** Cases of who leads us into a group, and where. */
export const welcomeCases: Record<WelcomeRule, RuleCase> = {
  'client.attribution.open': arriving({
    bundle: { ...attributed(), id: { ...id, uuid: crypto.random.uuid() } },
  }),
  'client.attribution.welcome': arriving({ bundle: { ...attributed(), welcome: fresh(300) } }),
  'client.attribution.sender': arriving({ among: members.slice(1) }),
  'client.attribution.signature': arriving({ bundle: attributed(bob.credentialKey) }),
  'client.welcome.epoch': between(
    async (which: 'first' | 'second') => {
      const scene = await welcomedTwice();
      return scene.joinBy(scene[which]);
    },
    'first',
    'second',
  ),
};
