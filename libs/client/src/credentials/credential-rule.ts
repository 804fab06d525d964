import { type Outcome, refuse } from '@phoenix/wire';

/** The checks of docs/protocol §3 that a client makes of others' credentials, leaves, packages, Welcomes and commits. */
export const CREDENTIAL_RULES = {
  'client.credential.decode': 'the bytes are a credential of their kind',
  'client.credential.domain': 'a client id belongs to the domain of its root',
  'client.credential.self-signature': 'the self-signature proves possession of the key',
  'client.credential.signer': 'the signer is a known credential of the domain',
  'client.credential.signature': "the signature is the issuer's",
  'client.credential.nesting': "a validity lies within its issuer's",
  'client.credential.expired': 'what enters a group is valid now',
  'client.credential.revoked': 'the fingerprint is not published as revoked',
  'client.leaf.validity': 'a leaf runs eight weeks from a Monday',
  'client.link.open': 'the identity link opens under the link key, for this pseudonym and signature key',
  'client.link.signature': "the link is signed by its credential's key over this leaf",
  'client.credential.own': 'the AS signs the key and the id that it was asked to',
  'client.succession.missing':
    'a known key hands over to a new one by its own signature, or there is no new one',
  'client.contact.identity': 'a package is of the contact asked for, under the credential key it is known by',
  'client.contact.root': "a card's root is one that we were shown, too",
  'client.leaf.owner': "an update leaves a leaf with its client, and touches the committer's alone",
  'client.leaf.pseudonym': 'a pseudonym is of one leaf at a time',
  'client.policy.committer': 'who adds or removes others is an admin',
  'client.policy.context': "who changes the group's extensions is an admin",
  'client.policy.admin': 'a listed admin is in the group',
  'client.welcome.epoch': 'a Welcome to a group that we were in is to a later epoch than we have seen',
  'client.key-set.count': 'a commit brings a key set for each leaf that it adds or changes, and no other',
  'client.attribution.open': 'an attribution opens under our attribution key, for its group',
  'client.attribution.welcome': 'an attribution is for this group and this Welcome',
  'client.attribution.sender': 'who sends a Welcome is a member of the group',
  'client.attribution.signature': "an attribution is signed by the sender's credential key",
  'client.key-set.open': 'a wrapped key opens under the group keys, for this group and pseudonym',
} as const;

export type CredentialRule = keyof typeof CREDENTIAL_RULES;

/** The refusal of a credential, leaf or link that breaks a rule. */
export function invalidCredential(rule: CredentialRule): Outcome<never> {
  return refuse('INVALID_CREDENTIAL', { rule });
}
