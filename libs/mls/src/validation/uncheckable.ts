/** A rule that takes secrets to check, or knowledge that only the application has. */
export interface UncheckableRule {
  readonly section: string;
  readonly demands: string;
  /** Who can check it. */
  readonly judges: 'members' | 'joiner' | 'owner' | 'application';
  /** What an observer checks in its place; empty where that is nothing. */
  readonly instead: string;
}

const rule = (
  judges: UncheckableRule['judges'],
  section: string,
  demands: string,
  instead: string,
): UncheckableRule => ({ section, demands, judges, instead });

/** What RFC 9420 demands and no observer without secrets can check: what a server following this library lets pass. */
export const UNCHECKABLE = {
  'secret.5.3.1-credential': rule(
    'application',
    '5.3.1',
    'A credential speaks for the client that it names, and names one client once in a group.',
    'Its type is supported by all members; signature keys are unique in a tree.',
  ),
  'secret.6.1-confirmation-tag': rule(
    'members',
    '6.1, 12.4.2',
    "A commit's confirmation tag is the MAC of the new epoch.",
    'It is there, and as long as the hash.',
  ),
  'secret.6.2-membership-tag': rule(
    'members',
    '6.2',
    "A member's PublicMessage is authenticated by the epoch's membership key.",
    "The tag is there and as long as the hash; the content is signed by the member's leaf key.",
  ),
  'secret.6.3-private-message': rule(
    'members',
    '6.3',
    'A PrivateMessage opens, is signed by the member it names, uses its generation once and pads with zeros.',
    'Its group, epoch and content type.',
  ),
  'secret.7.2-lifetime-maximum': rule(
    'application',
    '7.2',
    'A lifetime is no longer than the application allows.',
    'The present lies within it when the leaf is added.',
  ),
  'secret.7.6-path-secrets': rule(
    'members',
    '7.4, 7.6',
    "A path's ciphertexts open to the secrets that its public keys are derived from.",
    'There is one ciphertext for each receiver, and the keys are new.',
  ),
  'secret.8.3-external-pub': rule(
    'members',
    '8.3, 12.4.3.2',
    "external_pub is derived from the epoch's external secret.",
    "It is one key of the right length, signed by the GroupInfo's signer.",
  ),
  'secret.8.3-external-init': rule(
    'members',
    '8.3, 12.1.6',
    'kem_output opens to the init secret that the joiner used.',
    'Its length.',
  ),
  'secret.8.4-psk': rule(
    'members',
    '8.4, 12.4.2',
    'All members hold the PSKs that a commit names, and their nonces are fresh.',
    "The nonce's length, the usage, and that none is named twice.",
  ),
  'secret.10-private-keys': rule(
    'owner',
    '10, 16.8',
    'Whoever publishes a KeyPackage holds its private keys and uses its init key once.',
    'It is signed, and its two HPKE keys differ.',
  ),
  'secret.11.2-next-group': rule(
    'members',
    '11.2, 11.3',
    'A group that succeeds or branches off another matches what was agreed on.',
    'A group that a ReInit has ended takes no more messages.',
  ),
  'secret.12.4.3.1-welcome': rule(
    'joiner',
    '12.4.3.1',
    'A Welcome opens to the secrets and the GroupInfo of the epoch that the commit began.',
    '',
  ),
} as const satisfies Record<string, UncheckableRule>;
