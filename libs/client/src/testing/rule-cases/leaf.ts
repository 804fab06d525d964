import { formatUserId, type GroupKeys, leafValidity } from '@phoenix/wire';
import type { KnownKeys } from '../../contacts/known-keys.js';
import type { CredentialRule } from '../../credentials/credential-rule.js';
import {
  issueLeafCredential,
  type LinkedLeaf,
  verifyLeafCredential,
} from '../../credentials/leaf-credential.js';
import { verifyMember } from '../../groups/verify-member.js';
import { accountOf } from '../account-of.js';
import { enters, groupKeys, memberJudgement } from './entering.js';
import { authority, crypto, fresh, judgement, NOW } from './home-domain.js';
import { between, type RuleCase } from './rule-case.js';

type LeafRule = Extract<
  CredentialRule,
  | 'client.credential.decode'
  | 'client.leaf.validity'
  | `client.link.${string}`
  | 'client.contact.identity'
  | 'client.key-set.open'
>;

const alice = authority.client();
const aliceInGroup = enters(accountOf(crypto, alice), 0);
const { payload } = alice.credential;

function leafOf({ expiration = leafValidity(NOW), privateKey = alice.keys.privateKey } = {}): LinkedLeaf {
  const leaf = { pseudonym: fresh(), signatureKey: fresh(), linkKey: fresh(), expiration };
  const holder = { credential: alice.credential, privateKey };
  return { ...leaf, identity: issueLeafCredential(crypto, holder, leaf) };
}

/** A leaf that is judged, or another one in its place. */
const instead = (other: LinkedLeaf): RuleCase =>
  between((leaf) => verifyLeafCredential(crypto, leaf, judgement), other, leafOf());

const known = (key: Uint8Array) => new Map([[formatUserId(payload.clientId.user), [key]]]);

/** Cases of who is behind a leaf. */
export const leafCases: Record<LeafRule, RuleCase> = {
  'client.credential.decode': instead({ ...leafOf(), identity: Uint8Array.of(1) }),
  'client.leaf.validity': instead(
    leafOf({ expiration: { ...leafValidity(NOW), notBefore: leafValidity(NOW).notBefore + 60n } }),
  ),
  'client.link.open': instead({ ...leafOf(), linkKey: fresh() }),
  'client.link.signature': instead(leafOf({ privateKey: authority.client().keys.privateKey })),
  'client.contact.identity': between(
    (knownKeys: KnownKeys) =>
      verifyMember({ ...memberJudgement, knownKeys }, aliceInGroup.member, aliceInGroup.keySet),
    known(fresh()),
    known(payload.publicKey),
  ),
  'client.key-set.open': between(
    (keys: GroupKeys) => verifyMember({ ...memberJudgement, keys }, aliceInGroup.member, aliceInGroup.keySet),
    { ...groupKeys, credentialKey: fresh() },
    groupKeys,
  ),
};
