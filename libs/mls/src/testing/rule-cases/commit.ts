import { encode } from '@phoenix/wire';
import { type Extension, ExtensionType } from '../../codec/extension.js';
import { externalSendersCodec } from '../../codec/external-sender.js';
import type { Proposal } from '../../codec/proposal.js';
import { requiredCapabilitiesCodec } from '../../codec/required-capabilities.js';
import type { UpdatePath } from '../../codec/update-path.js';
import type { Checked } from '../../validation/checked.js';
import type { RuleId } from '../../validation/rules.js';
import { createForged } from '../forged-group.js';
import type { ScriptedCommit, ScriptedGroup } from '../scripted-group.js';
import { between, type RuleCase, someGroup } from './rule-case.js';

const COMMITTER = 2;

type Script = (group: ScriptedGroup) => Partial<ScriptedCommit>;

const attempt = (script: Script): Checked<unknown> => {
  const group = someGroup();
  return group.process(group.commit({ committer: COMMITTER, ...script(group) }));
};
const scripted = (breaking: Script, keeping: Script): RuleCase => between(attempt, breaking, keeping);
const proposing = (breaking: Proposal, keeping: Script): RuleCase =>
  scripted(() => ({ proposals: [breaking] }), keeping);
const altering = (alter: (path: UpdatePath, group: ScriptedGroup) => UpdatePath): RuleCase =>
  scripted(
    (group) => ({ alter: (path) => alter(path, group) }),
    () => ({}),
  );
const extending = (breaking: Extension[], keeping: Extension[]): RuleCase =>
  scripted(
    () => ({ extensions: breaking }),
    () => ({ extensions: keeping }),
  );

const requiring = (extensionType: number): Extension => ({
  type: ExtensionType.requiredCapabilities,
  data: encode(requiredCapabilitiesCodec, {
    extensionTypes: [extensionType],
    proposalTypes: [],
    credentialTypes: [],
  }),
});
const senders = (data: Uint8Array): Extension => ({ type: ExtensionType.externalSenders, data });

const inEpoch = (epoch: bigint): Checked<unknown> => {
  const group = someGroup();
  const created = createForged(group, { context: { epoch } });
  if (!created.ok) return created;
  group.group = created.value;
  return group.process(group.commit({ committer: COMMITTER }));
};
const filling = (count: number): Checked<unknown> => {
  const group = someGroup();
  const add = Array.from({ length: count }, () => group.keyPackage().keyPackage);
  return group.process(group.commit({ committer: COMMITTER, add, path: false }), [], 8);
};
const addingToDemanding = (extensions: number[]): Checked<unknown> => {
  const group = someGroup();
  group.apply({ committer: COMMITTER, extensions: [requiring(0xf0a2)] });
  const capabilities = { ...group.group.leaf(COMMITTER)!.capabilities, extensions };
  const { keyPackage } = group.keyPackage({ capabilities });
  return group.process(group.commit({ committer: COMMITTER, add: [keyPackage], path: false }));
};
const addingOf = (credential: 'basic' | 'x509'): Script => {
  return (group) => {
    const { capabilities } = group.group.leaf(COMMITTER)!;
    const x509 = {
      capabilities: { ...capabilities, credentials: [2] },
      credential: { type: 'x509' as const, certificates: [] },
    };
    return { path: false, add: [group.keyPackage(credential === 'x509' ? x509 : {}).keyPackage] };
  };
};
const removing = (...remove: number[]): Script => {
  return () => ({ remove });
};

/** Commits by members: Adds, Removes, the path, the new context. */
export const commitCases = {
  'mls.7.3-signature-key-unique': scripted(
    (group) => ({ path: false, add: [group.keyPackage({ signer: group.signers.get(4)! }).keyPackage] }),
    // Whoever is removed in the same commit may come back.
    (group) => ({ remove: [4], add: [group.keyPackage({ signer: group.signers.get(4)! }).keyPackage] }),
  ),
  'mls.7.3-encryption-key-unique': scripted(
    (group) => ({
      path: false,
      add: [group.keyPackage({ encryptionKey: group.group.leaf(4)!.encryptionKey }).keyPackage],
    }),
    (group) => ({ path: false, add: [group.keyPackage({ encryptionKey: new Uint8Array(32) }).keyPackage] }),
  ),
  'mls.7.3-required-capabilities': between(addingToDemanding, [], [0xf0a2]),
  'mls.7.3-credential-by-all': scripted(addingOf('x509'), addingOf('basic')),
  'mls.7.5-path-length': altering((path) => ({ ...path, nodes: path.nodes.slice(1) })),
  'mls.7.6-ciphertext-count': altering((path) => ({
    ...path,
    nodes: path.nodes.map((node) => ({ ...node, encryptedPathSecrets: node.encryptedPathSecrets.slice(1) })),
  })),
  'mls.7.9-parent-hash': altering((path) => ({
    ...path,
    nodes: path.nodes.map((node) => ({ ...node, encryptionKey: node.encryptionKey.map((b) => b ^ 1) })),
  })),
  'mls.8.1-epoch': between(inEpoch, 0xffffffffffffffffn, 0xfffffffffffffffen),
  'mls.11.1-required-capabilities': extending(
    [{ type: ExtensionType.requiredCapabilities, data: new Uint8Array(2) }],
    [{ type: ExtensionType.requiredCapabilities, data: new Uint8Array(3) }],
  ),
  'mls.12.1.3-removed': proposing({ type: 'remove', removed: 5 }, removing(4)),
  'mls.12.1.7-required-capabilities': extending([requiring(0xabab)], [requiring(0xf0a0)]),
  'mls.12.1.8.1-external-senders': extending(
    [senders(encode(externalSendersCodec, []).slice(1))],
    [senders(encode(externalSendersCodec, []))],
  ),
  'mls.12.2-remove-committer': scripted(
    () => ({ proposals: [{ type: 'remove', removed: COMMITTER }] }),
    removing(COMMITTER + 1),
  ),
  'mls.12.2-same-leaf': scripted(
    () => ({ remove: [4], proposals: [{ type: 'remove', removed: 4 }] }),
    removing(4, 6),
  ),
  'mls.12.2-group-context-extensions': scripted(
    () => ({ extensions: [], proposals: [{ type: 'group_context_extensions', extensions: [] }] }),
    () => ({ extensions: [] }),
  ),
  'mls.12.4-path-required': scripted(
    () => ({ path: false }),
    (group) => ({ path: false, add: [group.keyPackage().keyPackage] }),
  ),
  'mls.12.4.2-own-key-reused': altering((path, group) => ({
    ...path,
    leafNode: { ...path.leafNode, encryptionKey: group.group.leaf(COMMITTER)!.encryptionKey },
  })),
  'mls.12.4.2-path-key-reused': altering((path, group) => ({
    ...path,
    leafNode: { ...path.leafNode, encryptionKey: group.group.leaf(4)!.encryptionKey },
  })),
  'mls.13.4-context-extensions': extending(
    [{ type: 0xabab, data: new Uint8Array(0) }],
    [{ type: 0xf0a0, data: new Uint8Array(0) }],
  ),
  'mls.limit-leaves': between(filling, 3, 1),
} satisfies Partial<Record<RuleId, RuleCase>>;
