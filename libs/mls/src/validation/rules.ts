/**
 * Every rule by which this library refuses input: its id, and what it demands in RFC 9420's section of the same number.
 * What is not listed is either a matter of the codec (DecodeError) or cannot be checked without secrets (see the README).
 */
export const RULES = {
  'mls.5.1-key-length': 'Public keys have the length that the cipher suite gives them (§5.1.1).',
  'mls.6-group-id': 'The message belongs to this group (§6).',
  'mls.6-epoch': 'The message belongs to the current epoch (§6).',
  'mls.6-content-type': 'The message carries content of the type asked for (§6).',
  'mls.6-sender': 'The sender is an occupied leaf (§6).',
  'mls.6.1-signature': "The content is signed under the sender's key of this epoch (§6.1).",
  'mls.6.1-confirmation-tag': 'A commit carries a confirmation tag of the length of the hash (§6.1).',
  'mls.6.2-membership-tag':
    "A member's PublicMessage carries a membership tag of the length of the hash (§6.2).",
  'mls.7.1-unmerged-leaves':
    'unmerged_leaves is strictly increasing, and names occupied leaves below that are unmerged all the way up (§7.1, §12.4.3.1).',
  'mls.7.3-signature': 'A leaf is signed under its own signature key (§7.3).',
  'mls.7.3-version': 'A leaf lists mls10 among its versions (§7.2).',
  'mls.7.3-cipher-suite': "A leaf lists the group's cipher suite (§7.2).",
  'mls.7.3-required-capabilities': "A leaf supports all of the group's required capabilities (§7.3).",
  'mls.7.3-credential-supported': "A leaf's own credential type is among its capabilities (§7.3).",
  'mls.7.3-credential-by-all': 'Every credential type in use is supported by every member (§7.3).',
  'mls.7.3-extensions': "A leaf's extensions are among its capabilities (§7.3).",
  'mls.7.3-lifetime': 'A KeyPackage is used within its lifetime (§7.3).',
  'mls.7.3-source': 'leaf_node_source fits where the leaf is used (§7.3).',
  'mls.7.3-signature-key-unique': 'No two members share a signature key (§7.3).',
  'mls.7.3-encryption-key-unique': 'No two nodes share an encryption key (§7.3).',
  'mls.7.5-path-length': 'An update path has one node for each node of the filtered direct path (§7.5).',
  'mls.7.6-ciphertext-count':
    "Each path node has one ciphertext for each node of the copath child's resolution, newly added leaves excepted (§7.6).",
  'mls.7.9-parent-hash': "The leaf's parent_hash fits the path above it (§7.9).",
  'mls.7.9.2-parent-hash': 'Every parent node of a tree is parent-hash valid (§7.9.2).',
  'mls.8.1-cipher-suite': 'The group uses a cipher suite that is accepted here (§8.1).',
  'mls.8.2-transcript-hash':
    'The confirmed transcript hash is empty in epoch 0, and else as long as the hash (§8.2).',
  'mls.8.1-epoch': 'The epoch can still be counted up (§8.1).',
  'mls.10.1-cipher-suite': "A KeyPackage is for the group's cipher suite (§10.1).",
  'mls.10.1-signature': "A KeyPackage is signed under its leaf's signature key (§10.1).",
  'mls.10.1-init-key': "A KeyPackage's init key is not its leaf's encryption key (§10.1).",
  'mls.11.1-required-capabilities': 'A required_capabilities extension is well-formed (§11.1).',
  'mls.12.1.3-removed': 'A Remove names an occupied leaf (§12.1.3).',
  'mls.12.1.7-required-capabilities':
    'All members support the capabilities that new GroupContext extensions require (§12.1.7).',
  'mls.12.1.8.1-external-senders': 'An external_senders extension is a well-formed vector (§12.1.8.1).',
  'mls.12.2-update-by-committer': 'A commit contains no Update of its own committer (§12.2).',
  'mls.12.2-remove-committer': 'A commit does not remove its committer (§12.2).',
  'mls.12.2-same-leaf': 'A commit has at most one Update or Remove for a leaf (§12.2).',
  'mls.12.2-group-context-extensions': 'A commit has at most one GroupContextExtensions proposal (§12.2).',
  'mls.12.2-external-init': "A member's commit contains no ExternalInit (§12.2).",
  'mls.12.4-path-required': 'A commit without proposals, or with one that needs a path, has one (§12.4).',
  'mls.12.4.2-own-key-reused':
    "A path's leaf has another encryption key than the leaf it replaces (§12.4.2).",
  'mls.12.4.2-path-key-reused':
    "A path's keys appear nowhere in the new tree, nor twice in the path (§12.4.2).",
  'mls.12.4.3-signature': "A GroupInfo is signed under its signer's key (§12.4.3).",
  'mls.12.4.3-signer': "A GroupInfo's signer is an occupied leaf (§12.4.3).",
  'mls.12.4.3-confirmation-tag': "A GroupInfo's confirmation tag has the length of the hash (§12.4.3).",
  'mls.12.4.3.1-tree-hash': "The tree is the one that the GroupContext's tree hash names (§12.4.3.1).",
  'mls.12.4.3.2-external-pub': 'An external_pub extension holds one key of the right length (§12.4.3.2).',
  'mls.13.4-duplicate-extension': 'A list of extensions holds no type twice (§13.4).',
  'mls.13.4-context-extensions': "Every member supports the GroupContext's extensions (§13.4).",
  'mls.limit-leaves': 'No leaf is added beyond the number of places accepted here.',
  'mls.unsupported-external-commit': 'Commits from outside the group are not taken (§12.4.3.2).',
  'mls.unsupported-reference': 'Proposals by reference are not taken (§12.4).',
  'mls.unsupported-psk': 'PreSharedKey proposals are not taken (§12.1.4).',
  'mls.unsupported-reinit': 'ReInit proposals are not taken (§12.1.5).',
} as const satisfies Record<string, string>;

/** The id of a rule, stable across releases. */
export type RuleId = keyof typeof RULES;
