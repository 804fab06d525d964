import { ExtensionType } from '../../codec/extension.js';
import type { RuleId } from '../../validation/rules.js';
import { createForged, forgedParent, type Forgery } from '../forged-group.js';
import type { ScriptedGroup } from '../scripted-group.js';
import { type RuleCase, someGroup } from './rule-case.js';

const forged = (forgery: Forgery | ((group: ScriptedGroup) => Forgery)): RuleCase => {
  return () => {
    const group = someGroup();
    return createForged(group, typeof forgery === 'function' ? forgery(group) : forgery);
  };
};

/** Groups made from a GroupInfo and its tree. */
export const creationCases = {
  'mls.7.1-unmerged-leaves': forged((group) => ({
    nodes: (nodes) => {
      nodes[3] = forgedParent(group, 3, { unmergedLeaves: [6] });
    },
  })),
  'mls.7.9.2-parent-hash': forged((group) => ({
    nodes: (nodes) => {
      nodes[3] = forgedParent(group, 3, { encryptionKey: new Uint8Array(32) });
    },
  })),
  'mls.8.1-cipher-suite': forged({ context: { cipherSuite: 2 } }),
  'mls.8.2-transcript-hash': forged({ context: { epoch: 0n } }),
  'mls.12.4.3-signature': forged({ signature: new Uint8Array(64) }),
  'mls.12.4.3-signer': forged({ info: { signer: 5 } }),
  'mls.12.4.3-confirmation-tag': forged({ info: { confirmationTag: new Uint8Array(0) } }),
  'mls.12.4.3.1-tree-hash': forged({ context: { treeHash: new Uint8Array(32) } }),
  'mls.12.4.3.2-external-pub': forged({
    info: { extensions: [{ type: ExtensionType.externalPub, data: new Uint8Array(32) }] },
  }),
} satisfies Partial<Record<RuleId, RuleCase>>;
