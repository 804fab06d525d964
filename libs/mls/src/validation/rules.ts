/** A rule of RFC 9420 that input can break. */
export interface Rule {
  /** Where RFC 9420 says so, as in `12.2` or `7.9.2, 12.4.3.1`; empty for a limit of our own. */
  readonly section: string;
  readonly demands: string;
  /** How much of it shows without secrets: all, or only that what must be there has the right form. */
  readonly withoutSecrets: 'whole' | 'form';
}

const whole = (section: string, demands: string) => ({ section, demands, withoutSecrets: 'whole' }) as const;
const form = (section: string, demands: string) => ({ section, demands, withoutSecrets: 'form' }) as const;

/**
 * Every rule by which this library refuses input, by id. What is not listed is either a matter of the codec
 * (DecodeError) or in `UNCHECKABLE`.
 */
export const RULES = {
  'mls.5.1-key-length': whole('5.1.1', 'Public keys have the length that the cipher suite gives them.'),
  'mls.6-content-type': whole('6', 'The message carries content of the type asked for.'),
  'mls.6-epoch': whole('6', 'The message belongs to the current epoch.'),
  'mls.6-external-sender': whole(
    '6, 12.1.8.1',
    "An external sender is listed in the group's external_senders.",
  ),
  'mls.6-group-id': whole('6', 'The message belongs to this group.'),
  'mls.6-sender': whole('6', 'The sender is an occupied leaf, or of a type that may send such content.'),
  'mls.6.1-confirmation-tag': form('6.1', 'A commit carries a confirmation tag of the length of the hash.'),
  'mls.6.1-signature': whole('6.1', "The content is signed under the sender's key of this epoch."),
  'mls.6.2-membership-tag': form(
    '6.2',
    "A member's PublicMessage carries a membership tag of the length of the hash.",
  ),
  'mls.7.1-unmerged-leaves': whole(
    '7.1, 12.4.3.1',
    'unmerged_leaves is strictly increasing, and names occupied leaves below that are unmerged all the way up.',
  ),
  'mls.7.3-cipher-suite': whole('7.2', "A leaf lists the group's cipher suite."),
  'mls.7.3-credential-by-all': whole('7.3', 'Every credential type in use is supported by every member.'),
  'mls.7.3-credential-supported': whole('7.3', "A leaf's own credential type is among its capabilities."),
  'mls.7.3-encryption-key-unique': whole('7.3', 'No two nodes share an encryption key.'),
  'mls.7.3-extensions': whole('7.3', "A leaf's extensions are among its capabilities."),
  'mls.7.3-lifetime': whole('7.3', 'A KeyPackage is used within its lifetime.'),
  'mls.7.3-required-capabilities': whole('7.3', "A leaf supports all of the group's required capabilities."),
  'mls.7.3-signature': whole('7.3', 'A leaf is signed under its own signature key.'),
  'mls.7.3-signature-key-unique': whole('7.3', 'No two members share a signature key.'),
  'mls.7.3-source': whole('7.3', 'leaf_node_source fits where the leaf is used.'),
  'mls.7.3-update-key': whole(
    '7.3',
    "An Update's leaf has another encryption key than the leaf it replaces.",
  ),
  'mls.7.3-version': whole('7.2', 'A leaf lists mls10 among its versions.'),
  'mls.7.5-path-length': whole(
    '7.5',
    'An update path has one node for each node of the filtered direct path.',
  ),
  'mls.7.6-ciphertext-count': form(
    '7.6',
    "Each path node has one ciphertext for each node of the copath child's resolution, newly added leaves excepted.",
  ),
  'mls.7.9-parent-hash': whole('7.9', "The leaf's parent_hash fits the path above it."),
  'mls.7.9.2-parent-hash': whole('7.9.2', 'Every parent node of a tree is parent-hash valid.'),
  'mls.8.1-cipher-suite': whole('8.1', 'The group uses a cipher suite that is accepted here.'),
  'mls.8.1-epoch': whole('8.1', 'The epoch can still be counted up.'),
  'mls.8.2-transcript-hash': whole(
    '8.2',
    'The confirmed transcript hash is empty in epoch 0, and else as long as the hash.',
  ),
  'mls.10.1-cipher-suite': whole('10.1', "A KeyPackage is for the group's cipher suite."),
  'mls.10.1-init-key': whole('10.1', "A KeyPackage's init key is not its leaf's encryption key."),
  'mls.10.1-signature': whole('10.1', "A KeyPackage is signed under its leaf's signature key."),
  'mls.11.1-required-capabilities': whole('11.1', 'A required_capabilities extension is well-formed.'),
  'mls.12.1.3-removed': whole('12.1.3', 'A Remove names an occupied leaf.'),
  'mls.12.1.4-psk-nonce': form(
    '12.1.4',
    "A PSK's nonce is as long as the KDF's output; whether it is fresh, its sender alone knows.",
  ),
  'mls.12.1.4-psk-usage': whole(
    '12.1.4, 11.2, 11.3',
    'A resumption PSK in a group that goes on is used neither as reinit nor as branch.',
  ),
  'mls.12.1.5-version': whole('12.1.5', "A ReInit's version is not below the group's."),
  'mls.12.1.6-kem-output': form(
    '12.1.6',
    "An ExternalInit's kem_output is as long as the suite's KEM makes it.",
  ),
  'mls.12.1.7-required-capabilities': whole(
    '12.1.7',
    'All members support the capabilities that new GroupContext extensions require.',
  ),
  'mls.12.1.8-external-type': whole(
    '12.1.8, 6.1',
    'An external sender proposes Add, Remove, PreSharedKey, ReInit or GroupContextExtensions only.',
  ),
  'mls.12.1.8-new-member-type': whole(
    '12.1.8, 6.1',
    'A new member proposes nothing but an Add: of itself, since its leaf signs the message.',
  ),
  'mls.12.1.8.1-external-senders': whole(
    '12.1.8.1',
    'An external_senders extension is a well-formed vector.',
  ),
  'mls.12.2-external-commit-init': whole('12.2', 'An external commit has exactly one ExternalInit.'),
  'mls.12.2-external-commit-others': whole(
    '12.2',
    'An external commit has ExternalInit, Remove and PreSharedKey proposals only.',
  ),
  'mls.12.2-external-commit-remove': whole('12.2', 'An external commit has at most one Remove.'),
  'mls.12.2-external-init': whole(
    '12.1.6, 12.2',
    'An ExternalInit stands in an external commit and nowhere else.',
  ),
  'mls.12.2-group-context-extensions': whole(
    '12.2',
    'A commit has at most one GroupContextExtensions proposal.',
  ),
  'mls.12.2-proposal-type': whole(
    '12.2, 13.2',
    'Every proposal is of a type that all members support; here, of one that RFC 9420 defines.',
  ),
  'mls.12.2-psk-twice': whole('12.2', 'A commit names no PreSharedKeyID twice.'),
  'mls.12.2-reinit-alone': whole('12.2', 'A ReInit is the only proposal of its commit.'),
  'mls.12.2-remove-committer': whole('12.2', 'A commit does not remove its committer.'),
  'mls.12.2-same-leaf': whole('12.2', 'A commit has at most one Update or Remove for a leaf.'),
  'mls.12.2-update-by-committer': whole('12.2', 'A commit contains no Update of its own committer.'),
  'mls.12.4-path-required': whole(
    '12.4',
    'A commit without proposals, or with one that needs a path, has one.',
  ),
  'mls.12.4-reference': whole('12.4', 'A reference names a proposal of this epoch that was verified before.'),
  'mls.12.4.2-own-key-reused': whole(
    '12.4.2, 12.2',
    "A path's leaf has another encryption key than the leaf it replaces, resync included.",
  ),
  'mls.12.4.2-path-key-reused': whole(
    '12.4.2',
    "A path's keys appear nowhere in the new tree, nor twice in the path.",
  ),
  'mls.12.4.2-reinit': whole(
    '12.4.2, 11.2',
    'A group that a commit with a ReInit has ended takes no more messages.',
  ),
  'mls.12.4.3-confirmation-tag': form('12.4.3', "A GroupInfo's confirmation tag has the length of the hash."),
  'mls.12.4.3-signature': whole('12.4.3', "A GroupInfo is signed under its signer's key."),
  'mls.12.4.3-signer': whole('12.4.3', "A GroupInfo's signer is an occupied leaf."),
  'mls.12.4.3.1-tree-hash': whole('12.4.3.1', "The tree is the one that the GroupContext's tree hash names."),
  'mls.12.4.3.2-external-pub': form(
    '12.4.3.2',
    'An external_pub extension holds one key of the right length.',
  ),
  'mls.12.4.3.2-path': whole('12.4.3.2', 'An external commit has a path.'),
  'mls.12.4.3.2-reference': whole('12.4.3.2', 'An external commit has no proposals by reference.'),
  'mls.13.4-context-extensions': whole('13.4', "Every member supports the GroupContext's extensions."),
  'mls.13.4-duplicate-extension': whole('13.4', 'A list of extensions holds no type twice.'),
  'mls.limit-leaves': whole('', 'No leaf is added beyond the number of places accepted here.'),
} as const satisfies Record<string, Rule>;

/** The id of a rule, stable across releases. */
export type RuleId = keyof typeof RULES;
