import { utf8 } from '@phoenix/wire';
import type { Proposal } from '../../codec/proposal.js';
import type { PublicMessage } from '../../codec/public-message.js';
import { checkApplicationMessage } from '../../group/check-application-message.js';
import type { Checked } from '../../validation/checked.js';
import type { RuleId } from '../../validation/rules.js';
import { between, type RuleCase, someGroup } from './rule-case.js';

type Alteration = (message: PublicMessage) => PublicMessage;

const same: Alteration = (message) => message;
const attempt = (alter: Alteration): Checked<unknown> => {
  const scripted = someGroup();
  return scripted.process(alter(scripted.commit({ committer: 2 })));
};
/** Refused with the alteration, accepted as it was signed. */
const altered = (alter: Alteration): RuleCase => between(attempt, alter, same);
const content = (change: Partial<PublicMessage['content']>): RuleCase =>
  altered((m) => ({ ...m, content: { ...m.content, ...change } }));

const application = (contentType: 'application' | 'commit'): Checked<unknown> => {
  const empty = new Uint8Array(0);
  const group = { groupId: utf8('a group'), epoch: 1n };
  return checkApplicationMessage(
    { ...group, contentType, authenticatedData: empty, encryptedSenderData: empty, ciphertext: empty },
    group,
  );
};

const ended: Proposal = {
  type: 'reinit',
  reInit: { groupId: utf8('next'), version: 1, cipherSuite: 1, extensions: [] },
};
const goingOn: Proposal = {
  type: 'psk',
  psk: { type: 'external', pskId: utf8('key'), nonce: new Uint8Array(32) },
};
const after = (proposal: Proposal): Checked<unknown> => {
  const scripted = someGroup();
  scripted.apply({ committer: 2, proposals: [proposal], path: false });
  return scripted.process(scripted.commit({ committer: 3 }));
};

/** What surrounds a commit or an application message. */
export const framingCases = {
  'mls.6-content-type': between(application, 'commit', 'application'),
  'mls.6-group-id': content({ groupId: utf8('another group') }),
  'mls.6-epoch': content({ epoch: 1n }),
  'mls.6-sender': content({ sender: { type: 'member', leafIndex: 5 } }),
  'mls.6.1-signature': altered((m) => ({
    ...m,
    auth: { ...m.auth, signature: m.auth.signature.map((b) => b ^ 1) },
  })),
  'mls.6.1-confirmation-tag': altered((m) => ({
    ...m,
    auth: { ...m.auth, confirmationTag: new Uint8Array(31) },
  })),
  'mls.6.2-membership-tag': altered((m) => ({ ...m, membershipTag: new Uint8Array(0) })),
  'mls.12.4.2-reinit': between(after, ended, goingOn),
} satisfies Partial<Record<RuleId, RuleCase>>;
