import { encode } from '@phoenix/wire';
import { externalPubCodec } from '../../codec/external-pub.js';
import { ExtensionType } from '../../codec/extension.js';
import type { Checked } from '../../validation/checked.js';
import type { RuleId } from '../../validation/rules.js';
import { createForged, forgedParent, type Forgery } from '../forged-group.js';
import type { ScriptedGroup } from '../scripted-group.js';
import { type RuleCase, someGroup } from './rule-case.js';

type Script = Forgery | ((group: ScriptedGroup) => Forgery);

const attempt = (script: Script): Checked<unknown> => {
  const group = someGroup();
  return createForged(group, typeof script === 'function' ? script(group) : script);
};
/** Refused as forged; accepted as `keeping` says, or as it is. */
const forged = (breaking: Script, keeping: Script = {}): RuleCase => ({
  refuses: () => attempt(breaking),
  accepts: () => attempt(keeping),
});
const parent3 =
  (change: Parameters<typeof forgedParent>[2]): Script =>
  (group) => ({
    nodes: (nodes) => {
      nodes[3] = forgedParent(group, 3, change);
    },
  });
const externalPub = (data: Uint8Array): Script => ({
  info: { extensions: [{ type: ExtensionType.externalPub, data }] },
});

/** Groups made from a GroupInfo and its tree. */
export const creationCases = {
  'mls.7.1-unmerged-leaves': forged(parent3({ unmergedLeaves: [6] }), parent3({})),
  'mls.7.9.2-parent-hash': forged(parent3({ encryptionKey: new Uint8Array(32) }), parent3({})),
  'mls.8.1-cipher-suite': forged({ context: { cipherSuite: 2 } }, { context: { cipherSuite: 1 } }),
  'mls.8.2-transcript-hash': forged(
    { context: { epoch: 0n } },
    { context: { epoch: 0n, confirmedTranscriptHash: new Uint8Array(0) } },
  ),
  'mls.12.4.3-signature': forged({ signature: new Uint8Array(64) }),
  'mls.12.4.3-signer': forged({ info: { signer: 5 } }, { info: { signer: 0 } }),
  'mls.12.4.3-confirmation-tag': forged(
    { info: { confirmationTag: new Uint8Array(0) } },
    { info: { confirmationTag: new Uint8Array(32) } },
  ),
  'mls.12.4.3.1-tree-hash': forged({ context: { treeHash: new Uint8Array(32) } }),
  'mls.12.4.3.2-external-pub': forged(
    externalPub(new Uint8Array(32)),
    externalPub(encode(externalPubCodec, { externalPub: new Uint8Array(32) })),
  ),
} satisfies Partial<Record<RuleId, RuleCase>>;
