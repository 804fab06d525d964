import { encode, utf8 } from '@phoenix/wire';
import { type Extension, ExtensionType } from '../../codec/extension.js';
import { externalSendersCodec } from '../../codec/external-sender.js';
import type { PreSharedKeyId } from '../../codec/pre-shared-key-id.js';
import type { Proposal } from '../../codec/proposal.js';
import type { ProposalOrRef } from '../../codec/proposal-or-ref.js';
import type { Checked } from '../../validation/checked.js';
import type { RuleId } from '../../validation/rules.js';
import type { ScriptedGroup } from '../scripted-group.js';
import { propose, stored, update, verify } from '../scripted-proposal.js';
import { signingKey } from '../signing-key.js';
import { between, type RuleCase, someGroup } from './rule-case.js';

const COMMITTER = 2;

export const pskOf = (change: { nonce?: Uint8Array; usage?: 'application' | 'branch' } = {}): Proposal => {
  const nonce = change.nonce ?? new Uint8Array(32);
  const external: PreSharedKeyId = { type: 'external', pskId: utf8('key'), nonce };
  const groupId = utf8('another group');
  const psk = change.usage
    ? { type: 'resumption' as const, usage: change.usage, groupId, epoch: 3n, nonce }
    : external;
  return { type: 'psk', psk };
};
const reInitOf = (version: number): Proposal => ({
  type: 'reinit',
  reInit: { groupId: utf8('next'), version, cipherSuite: 0xffff, extensions: [] },
});

/** A commit of these by value; without a path. */
const committing = (proposals: readonly Proposal[]): Checked<unknown> => {
  const group = someGroup();
  return group.process(group.commit({ committer: COMMITTER, proposals, path: false }));
};

const OUTSIDER = signingKey(new Uint8Array(32).fill(77));
/** A group that lets one outsider propose. */
export function groupWithOutsider(): ScriptedGroup {
  const group = someGroup();
  const credential = { type: 'basic', identity: utf8('a service') } as const;
  const data = encode(externalSendersCodec, [{ signatureKey: OUTSIDER.publicKey, credential }]);
  const extension: Extension = { type: ExtensionType.externalSenders, data };
  group.apply({ committer: COMMITTER, extensions: [extension] });
  return group;
}
/** A proposal by the outsider that the group knows. */
export const fromOutside = (group: ScriptedGroup, proposal: Proposal, senderIndex = 0) =>
  propose(group, { type: 'external', senderIndex }, proposal, OUTSIDER);

type Making = (group: ScriptedGroup) => Proposal;
const remove: Making = () => ({ type: 'remove', removed: 4 });

const outside = (proposal: Making, senderIndex = 0): Checked<unknown> => {
  const group = groupWithOutsider();
  return verify(group, fromOutside(group, proposal(group), senderIndex));
};
const byNewMember = (type: 'add' | 'remove'): Checked<unknown> => {
  const group = someGroup();
  const { keyPackage, signer } = group.keyPackage();
  const proposal: Proposal = type === 'add' ? { type, keyPackage } : { type, removed: 4 };
  return verify(group, propose(group, { type: 'new_member_proposal' }, proposal, signer));
};
const updating = (keepsKey: boolean): Checked<unknown> => {
  const group = someGroup();
  const change = keepsKey ? { encryptionKey: group.group.leaf(4)!.encryptionKey } : {};
  return verify(group, propose(group, 4, update(group, 4, change)));
};
const committingUpdateOf = (leaf: number): Checked<unknown> => {
  const group = someGroup();
  const references = [stored(group, propose(group, leaf, update(group, leaf)))];
  return group.process(group.commit({ committer: COMMITTER, references }), references);
};
const referring = (isKnown: boolean): Checked<unknown> => {
  const group = someGroup();
  const references = [stored(group, propose(group, 4, { type: 'remove', removed: 6 }))];
  return group.process(group.commit({ committer: COMMITTER, references }), isKnown ? references : []);
};
const unknownType = (entry: ProposalOrRef): Checked<unknown> => {
  const group = someGroup();
  return group.process(group.sign(COMMITTER, { proposals: [entry], path: undefined }));
};

/** Proposals, sent by themselves and in a member's commit. */
export const proposalCases = {
  'mls.6-external-sender': { refuses: () => outside(remove, 1), accepts: () => outside(remove, 0) },
  'mls.7.3-update-key': between(updating, true, false),
  'mls.12.1.4-psk-usage': between(
    committing,
    [pskOf({ usage: 'branch' })],
    [pskOf({ usage: 'application' })],
  ),
  'mls.12.1.4-psk-nonce': between(committing, [pskOf({ nonce: new Uint8Array(31) })], [pskOf()]),
  'mls.12.1.5-version': between(committing, [reInitOf(0)], [reInitOf(2)]),
  'mls.12.1.8-external-type': between<Making>(outside, (group) => update(group, 4), remove),
  'mls.12.1.8-new-member-type': between(byNewMember, 'remove', 'add'),
  'mls.12.2-update-by-committer': between(committingUpdateOf, COMMITTER, 4),
  'mls.12.2-external-init': between(
    committing,
    [{ type: 'external_init', kemOutput: new Uint8Array(32) }],
    [pskOf()],
  ),
  'mls.12.2-psk-twice': between(
    committing,
    [pskOf(), pskOf()],
    [pskOf(), pskOf({ nonce: new Uint8Array(32).fill(1) })],
  ),
  'mls.12.2-reinit-alone': between(committing, [reInitOf(1), pskOf()], [reInitOf(1)]),
  'mls.12.2-proposal-type': between(
    unknownType,
    { type: 'unknown', proposalType: 0x0a0a, rest: new Uint8Array(3) },
    { type: 'proposal', proposal: pskOf() },
  ),
  'mls.12.4-reference': between(referring, false, true),
} satisfies Partial<Record<RuleId, RuleCase>>;
