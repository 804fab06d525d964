/** Every rule of the DS's own, beyond those of RFC 9420: its id, and what it demands (docs/protocol §7). */
export const DS_RULES = {
  'ds.create.group-id': 'The GroupInfo is of the group that the ticket is for.',
  'ds.create.epoch': 'A new group is in epoch 0.',
  'ds.create.lifetime':
    "The creator's leaf is that of a KeyPackage that runs, for eight weeks from a Monday 00:00 UTC.",
  'ds.create.one-member': 'A new group has one member, in leaf 0.',
  'ds.create.admins':
    'The GroupPolicy of a new group lists its creator alone: a pseudonym that is listed is never taken by another.',
  'ds.create.external-senders': "external_senders lists the DS's key, and no other.",
  'ds.group-info.external-pub': 'A GroupInfo has an external_pub.',
  'ds.group-info.secrets': 'A GroupInfo for the DS carries no group keys (0xF0A1) and no ratchet tree.',
  'ds.group-info.size': "A GroupInfo's own extensions take 4 KiB at most.",
  'ds.context.size': 'GroupContext extensions take 64 KiB at most.',
  'ds.key-set.size': 'Wrapped keys in member key sets are of one size: 61 bytes.',
  'ds.leaf.size': 'A leaf that enters or changes takes 8 KiB at most.',
  'ds.policy.form': 'The GroupContext has a GroupPolicy that lists nobody twice.',
  'ds.policy.change':
    "A commit's GroupPolicy lists whom the last one listed, but for those no longer in the tree, with the committer's own pseudonym swapped where it has changed; what updateGroupContext may list, ds.context.admins says.",
  'ds.context.extensions':
    'A commit changes no GroupContext extension but the GroupPolicy; for external_senders, updateGroupContext has a rule of its own.',
  'ds.context.only-context':
    'updateGroupContext takes a path and one GroupContextExtensions, and nothing by reference.',
  'ds.context.admins': 'Whom updateGroupContext lists anew as an admin is in the tree.',
  'ds.context.external-senders': 'updateGroupContext leaves external_senders as they are, to the byte.',
  'ds.commit.sender': 'A commit is sent by the leaf that signed the request.',
  'ds.commit.aad': "A commit's authenticated_data is a CommitAad.",
  'ds.commit.path-secrets':
    'The path secrets of a commit are encrypted in 48 bytes each, beside KEM outputs of 32.',
  'ds.commit.key-sets': 'There is one member key set for each Add.',
  'ds.commit.own-keys':
    "The committer's own member key set is there exactly when its leaf credential has changed.",
  'ds.commit.own-credential': 'A leaf with another signature key has another credential: links name the key.',
  'ds.leaf.credential':
    'A leaf that enters has a LeafCredential that runs, for eight weeks from a Monday 00:00 UTC.',
  'ds.leaf.pseudonym':
    "A leaf that enters has a pseudonym that is neither present, nor another's, nor listed as an admin.",
  'ds.queue-config.form': 'A queue config is a SealedQueueConfig.',
  'ds.queue-config.size':
    'A queue config that updateQueueConfig brings is as long as the one that it replaces.',
  'ds.queue-config.unique': 'No two members have the same queue config.',
  'ds.queue-config.domain': 'Queue configs are of this home domain: there is no federation yet.',
  'ds.add.only-adds': 'addUsers takes Adds, at least one, and nothing else: nothing by reference, either.',
  'ds.add.welcome-match': "The Welcome's secrets are for the added KeyPackages, one each.",
  'ds.add.attribution-match': 'There is one attribution for each Add.',
  'ds.add.size': "An added KeyPackage's own extensions take 2 KiB at most.",
  'ds.add.welcome-size': 'A Welcome takes 128 KiB, and 512 bytes for each that it invites, at most.',
  'ds.add.lifetime': 'An added KeyPackage is valid for eight weeks from a Monday 00:00 UTC.',
  'ds.remove.only-removes':
    'removeUsers takes Removes, at least one, by value or pending, and a GroupContextExtensions.',
  'ds.update.only-path': 'updateClient takes a path, what is pending, and a GroupContextExtensions.',
  'ds.join.only-init': 'joinConnectionGroup takes an ExternalInit and nothing else.',
  'ds.join.queue-config': 'Who joins by joinConnectionGroup brings its queue config.',
  'ds.resync.only-replace':
    'resyncClient takes an ExternalInit and the Remove of the leaf that signed the request, and nothing else.',
  'ds.resync.pseudonym': 'Who comes back by resyncClient keeps its pseudonym.',
  'ds.self-remove.own': 'selfRemoveUser takes a Remove of the leaf that signed the request, proposed by it.',
  'ds.self-remove.aad':
    "A proposal's authenticated_data is empty: the DS would hand on to every committer what a leaver puts there.",
  'ds.self-remove.once': 'One Remove of a leaf is pending at most.',
  'ds.delete.all-others':
    'deleteGroup takes Removes of all other members, by value or pending, and a GroupContextExtensions.',
  'ds.delete.alone': 'deleteGroup comes without a commit exactly when its sender is alone.',
  'ds.role.admin': 'Who adds, removes, makes admins or deletes is an admin: listed, and in the tree.',
  'ds.role.last-admin': 'At least one admin remains whose Remove is not pending.',
  'ds.limit.members': 'A group has no more members than the server allows.',
  'ds.limit.message': 'An application message is no longer than the server allows.',
} as const satisfies Record<string, string>;

/** The id of a rule, stable across releases. */
export type DsRuleId = keyof typeof DS_RULES;
