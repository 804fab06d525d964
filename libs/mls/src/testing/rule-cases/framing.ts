import { utf8 } from '@phoenix/wire';
import type { PublicMessage } from '../../codec/public-message.js';
import { checkApplicationMessage } from '../../group/check-application-message.js';
import type { RuleId } from '../../validation/rules.js';
import { type RuleCase, someGroup } from './rule-case.js';

const altered = (alter: (message: PublicMessage) => PublicMessage): RuleCase => {
  return () => {
    const scripted = someGroup();
    return scripted.process(alter(scripted.commit({ committer: 2 })));
  };
};

/** What surrounds a commit or an application message. */
export const framingCases = {
  'mls.6-content-type': () =>
    checkApplicationMessage(
      {
        groupId: utf8('a group'),
        epoch: 1n,
        contentType: 'commit',
        authenticatedData: new Uint8Array(0),
        encryptedSenderData: new Uint8Array(0),
        ciphertext: new Uint8Array(0),
      },
      { groupId: utf8('a group'), epoch: 1n },
    ),
  'mls.6-group-id': altered((m) => ({ ...m, content: { ...m.content, groupId: utf8('another group') } })),
  'mls.6-epoch': altered((m) => ({ ...m, content: { ...m.content, epoch: m.content.epoch - 1n } })),
  'mls.6-sender': altered((m) => ({
    ...m,
    content: { ...m.content, sender: { type: 'member', leafIndex: 5 } },
  })),
  'mls.6.1-signature': altered((m) => ({
    ...m,
    auth: { ...m.auth, signature: m.auth.signature.map((b) => b ^ 1) },
  })),
  'mls.6.1-confirmation-tag': altered((m) => ({
    ...m,
    auth: { ...m.auth, confirmationTag: new Uint8Array(31) },
  })),
  'mls.6.2-membership-tag': altered((m) => ({ ...m, membershipTag: new Uint8Array(0) })),
  'mls.unsupported-external-commit': altered((m) => ({
    ...m,
    content: { ...m.content, sender: { type: 'new_member_commit' } },
    membershipTag: undefined,
  })),
} satisfies Partial<Record<RuleId, RuleCase>>;
