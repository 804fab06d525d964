import { type Outcome, refuse } from '@phoenix/wire';

/** What a client holds connection packages and offers to besides credentials (docs/protocol §5); see CREDENTIAL_RULES for those. */
export const CONNECTION_RULES = {
  'client.connect.target': 'who is to be connected with is named by a user id or by an alias',
  'client.connect.domain': 'both are of one home domain: until there is federation only ours is spoken to',
  'client.connect.self': 'nobody connects with himself',
  'client.alias.form': 'an alias has 3 to 63 of a-z 0-9 . _ - and is no UUID: that would pass for a user id',
  'client.alias.own': 'an alias that we act for is ours',
  'client.offer.known': 'an offer that is accepted waits for an answer',
  'client.connection-package.decode': 'the bytes are a connection package',
  'client.connection-package.key': 'its key can be sealed to',
  'client.connection-package.lifetime': 'it is valid now, and begins and ends with months',
  'client.connection-package.user': 'it comes with the credential of the user who was asked for',
  'client.connection-package.signature':
    'under a user id, that credential’s key signed it with the client id',
  'client.offer.decode': 'what the package’s key opens is a padded offer',
  'client.offer.package': 'the offer names the package that it is sealed to',
  'client.offer.signature': 'the credential’s key signed the whole offer',
  'client.offer.group': 'the offered group is of our home domain, and none that we know',
} as const;

export type ConnectionRule = keyof typeof CONNECTION_RULES;

/** The refusal of a package that breaks a rule. */
export function invalidConnectionPackage(
  rule: Extract<ConnectionRule, `client.connection-package.${string}`>,
): Outcome<never> {
  return refuse('INVALID_KEY_PACKAGE', { rule });
}

/** The refusal of an offer that breaks a rule. */
export function invalidOffer(
  rule: Extract<ConnectionRule, `client.offer.${string}` | 'client.connect.self'>,
): Outcome<never> {
  return refuse('INVALID_GROUP', { rule });
}
