import { MLS10 } from '../codec/protocol-version.js';
import type { PreSharedKeyId } from '../codec/pre-shared-key-id.js';
import type { Proposal } from '../codec/proposal.js';
import type { CipherSuite } from '../crypto/cipher-suite.js';
import { checkContextExtensions, checkExtensionList } from '../validation/check-extensions.js';
import type { RuleId } from '../validation/rules.js';
import type { PublicGroup } from './public-group.js';
import { suiteOf } from './suite-of.js';

/** A proposal that is more than a leaf. */
type PlainProposal = Exclude<Proposal, { type: 'add' | 'update' }>;

/** What RFC 9420 §12.1 demands of one proposal by itself; Adds and Updates are leaves, and checked as such. */
export function checkProposal(group: PublicGroup, proposal: PlainProposal): RuleId | undefined {
  const suite = suiteOf(group);
  switch (proposal.type) {
    case 'remove':
      return group.leaf(proposal.removed) === undefined ? 'mls.12.1.3-removed' : undefined;
    case 'psk':
      return checkPsk(proposal.psk, suite);
    case 'reinit':
      if (proposal.reInit.version < MLS10) return 'mls.12.1.5-version';
      return checkExtensionList(proposal.reInit.extensions);
    case 'external_init':
      // A DHKEM's output is one serialised public key (RFC 9180 §7.1: Nenc equals Npk).
      return proposal.kemOutput.length === suite.kemKeyLength ? undefined : 'mls.12.1.6-kem-output';
    case 'group_context_extensions':
      return checkContextExtensions(proposal.extensions, suite);
  }
}

/** Reinitialising and branching begin other groups; in one that goes on, their PSKs have no place (RFC 9420 §12.1.4). */
function checkPsk(psk: PreSharedKeyId, suite: CipherSuite): RuleId | undefined {
  if (psk.type === 'resumption' && psk.usage !== 'application') return 'mls.12.1.4-psk-usage';
  return psk.nonce.length === suite.hashLength ? undefined : 'mls.12.1.4-psk-nonce';
}
