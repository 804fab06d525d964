import { encode, utf8 } from '@phoenix/wire';
import { ExtensionType } from '../../codec/extension.js';
import type { Proposal } from '../../codec/proposal.js';
import { requiredCapabilitiesCodec } from '../../codec/required-capabilities.js';
import type { UpdatePath } from '../../codec/update-path.js';
import { externalSendersCodec } from '../../codec/external-sender.js';
import { processCommit } from '../../group/process-commit.js';
import type { RuleId } from '../../validation/rules.js';
import { createForged, forgedLeaf } from '../forged-group.js';
import type { ScriptedCommit, ScriptedGroup } from '../scripted-group.js';
import { type RuleCase, someGroup } from './rule-case.js';

const COMMITTER = 2;

const scripted = (script: (group: ScriptedGroup) => Partial<ScriptedCommit>): RuleCase => {
  return () => {
    const group = someGroup();
    return group.process(group.commit({ committer: COMMITTER, ...script(group) }));
  };
};
const proposing = (proposal: (group: ScriptedGroup) => Proposal): RuleCase =>
  scripted((group) => ({ proposals: [proposal(group)] }));
const altering = (alter: (path: UpdatePath, group: ScriptedGroup) => UpdatePath): RuleCase =>
  scripted((group) => ({ alter: (path) => alter(path, group) }));

const requiring = (extensionType: number) => ({
  type: ExtensionType.requiredCapabilities,
  data: encode(requiredCapabilitiesCodec, {
    extensionTypes: [extensionType],
    proposalTypes: [],
    credentialTypes: [],
  }),
});

const lastEpoch: RuleCase = () => {
  const group = someGroup();
  const created = createForged(group, { context: { epoch: 0xffffffffffffffffn } });
  if (!created.ok) return created;
  group.group = created.value;
  return group.process(group.commit({ committer: COMMITTER }));
};
const reference: RuleCase = () => {
  const group = someGroup();
  const proposals = [{ type: 'reference', reference: new Uint8Array(32) } as const];
  return group.process(group.sign(COMMITTER, { proposals, path: undefined }));
};
const full: RuleCase = () => {
  const group = someGroup();
  const add = Array.from({ length: 3 }, () => group.keyPackage().keyPackage);
  const message = group.commit({ committer: COMMITTER, add, path: false });
  return processCommit(group.group, message, { crypto: group.crypto, now: group.now, maxLeaves: 8 });
};

/** Commits by members: the proposal list, the path, the new context. */
export const commitCases = {
  'mls.7.3-signature-key-unique': scripted((group) => ({
    path: false,
    add: [group.keyPackage({ signer: group.signers.get(4)! }).keyPackage],
  })),
  'mls.7.3-encryption-key-unique': scripted((group) => ({
    path: false,
    add: [group.keyPackage({ encryptionKey: group.group.leaf(4)!.encryptionKey }).keyPackage],
  })),
  'mls.7.3-required-capabilities': () => {
    const group = someGroup();
    group.apply({ committer: COMMITTER, extensions: [requiring(0xf0a2)] });
    const { keyPackage } = group.keyPackage({
      capabilities: { ...group.group.leaf(COMMITTER)!.capabilities, extensions: [] },
    });
    return group.process(group.commit({ committer: COMMITTER, add: [keyPackage], path: false }));
  },
  'mls.7.3-credential-by-all': scripted((group) => {
    const { capabilities } = group.group.leaf(COMMITTER)!;
    const x509 = {
      capabilities: { ...capabilities, credentials: [2] },
      credential: { type: 'x509' as const, certificates: [] },
    };
    return { path: false, add: [group.keyPackage(x509).keyPackage] };
  }),
  'mls.7.5-path-length': altering((path) => ({ ...path, nodes: path.nodes.slice(1) })),
  'mls.7.6-ciphertext-count': altering((path) => ({
    ...path,
    nodes: path.nodes.map((node) => ({ ...node, encryptedPathSecrets: node.encryptedPathSecrets.slice(1) })),
  })),
  'mls.7.9-parent-hash': altering((path) => ({
    ...path,
    nodes: path.nodes.map((node) => ({ ...node, encryptionKey: node.encryptionKey.map((b) => b ^ 1) })),
  })),
  'mls.8.1-epoch': lastEpoch,
  'mls.11.1-required-capabilities': scripted(() => ({
    extensions: [{ type: ExtensionType.requiredCapabilities, data: new Uint8Array(2) }],
  })),
  'mls.12.1.3-removed': proposing(() => ({ type: 'remove', removed: 5 })),
  'mls.12.1.7-required-capabilities': scripted(() => ({ extensions: [requiring(0xabab)] })),
  'mls.12.1.8.1-external-senders': scripted(() => ({
    extensions: [{ type: ExtensionType.externalSenders, data: encode(externalSendersCodec, []).slice(1) }],
  })),
  'mls.12.2-update-by-committer': proposing((group) => ({
    type: 'update',
    leafNode: forgedLeaf(group, COMMITTER, { source: { type: 'update' } }),
  })),
  'mls.12.2-remove-committer': proposing(() => ({ type: 'remove', removed: COMMITTER })),
  'mls.12.2-same-leaf': scripted(() => ({ remove: [4], proposals: [{ type: 'remove', removed: 4 }] })),
  'mls.12.2-group-context-extensions': scripted(() => ({
    extensions: [],
    proposals: [{ type: 'group_context_extensions', extensions: [] }],
  })),
  'mls.12.2-external-init': proposing(() => ({ type: 'external_init', kemOutput: new Uint8Array(32) })),
  'mls.12.4-path-required': scripted(() => ({ path: false })),
  'mls.12.4.2-own-key-reused': altering((path, group) => ({
    ...path,
    leafNode: { ...path.leafNode, encryptionKey: group.group.leaf(COMMITTER)!.encryptionKey },
  })),
  'mls.12.4.2-path-key-reused': altering((path, group) => ({
    ...path,
    leafNode: { ...path.leafNode, encryptionKey: group.group.leaf(4)!.encryptionKey },
  })),
  'mls.13.4-context-extensions': scripted(() => ({
    extensions: [{ type: 0xabab, data: new Uint8Array(0) }],
  })),
  'mls.limit-leaves': full,
  'mls.unsupported-reference': reference,
  'mls.unsupported-psk': proposing(() => ({
    type: 'psk',
    psk: { type: 'external', pskId: utf8('key'), nonce: new Uint8Array(32) },
  })),
  'mls.unsupported-reinit': proposing(() => ({
    type: 'reinit',
    reInit: { groupId: utf8('next'), version: 1, cipherSuite: 1, extensions: [] },
  })),
} satisfies Partial<Record<RuleId, RuleCase>>;
