import { encodeRatchetTree, ExtensionType, externalSendersCodec, mlsMessageCodec } from '@phoenix/mls';
import { encode, leafValidity, utf8 } from '@phoenix/wire';
import type { DsRuleId } from '../../domain/rules.js';
import type { CreateGroupInput } from '../../service/parse-group.js';
import { ScriptedConversation } from '../scripted-conversation.js';
import { between, fresh, named, type RuleCase, type Scene } from './rule-case.js';

type CreationRule = Extract<DsRuleId, `ds.create.${string}` | 'ds.context.size'>;
type InfoChanges = Parameters<ScriptedConversation['groupInfo']>[0];

/** A group that is still to be made. */
const before = async (scene: Scene): Promise<void> => {
  scene.group = new ScriptedConversation(scene.ds);
};

const create = ({ group }: Scene, changed: Partial<CreateGroupInput>) => group.create(changed);

const info = ({ group }: Scene, changed: InfoChanges): Partial<CreateGroupInput> => ({
  groupInfo: encode(mlsMessageCodec, { type: 'groupInfo', groupInfo: group.groupInfo(changed) }),
});

const asUsual = (): Partial<CreateGroupInput> => ({});

/** The same but for its GroupContext. */
function ofContext(context: (scene: Scene) => NonNullable<InfoChanges>['context']): RuleCase {
  return between(create, (scene) => info(scene, { context: context(scene) ?? {} }), asUsual, before);
}

/** The GroupContext extensions with so many more admins. */
function withAdmins(more: number) {
  return (scene: Scene) => {
    const others = Array.from({ length: more }, () => fresh(scene));
    return { extensions: scene.group.contextExtensions([named(scene, 0), ...others]) };
  };
}

/** Two members in the first epoch. */
function ofTwo(scene: Scene): Partial<CreateGroupInput> {
  const { scripted } = scene.group;
  scripted.add(1, 0, false);
  const changed = info(scene, { context: { epoch: 0n, confirmedTranscriptHash: new Uint8Array(0) } });
  return { ...changed, ratchetTree: encodeRatchetTree(scripted.group.tree) };
}

function withOtherSender({ ds, group }: Scene) {
  const [, policy] = group.contextExtensions();
  const identity = { type: 'basic', identity: utf8('ds') } as const;
  const keys = [ds.keys.verifyingKey, group.client().signer.publicKey];
  const senders = keys.map((signatureKey) => ({ signatureKey, credential: identity }));
  const data = encode(externalSendersCodec, senders);
  return { extensions: [{ type: ExtensionType.externalSenders, data }, policy!] };
}

export const creationCases: Record<CreationRule, RuleCase> = {
  'ds.create.group-id': ofContext(() => ({ groupId: utf8('another group') })),
  'ds.create.epoch': ofContext((scene) => ({ epoch: 1n, confirmedTranscriptHash: fresh(scene) })),
  'ds.create.lifetime': between(
    ({ ds }, lifetime) => new ScriptedConversation(ds, lifetime).create(),
    () => ({ notBefore: 0n, notAfter: 0xffffffffffn }),
    ({ ds }) => leafValidity(ds.clock.now()),
    before,
  ),
  'ds.create.one-member': between(create, ofTwo, asUsual, before),
  'ds.create.admins': ofContext(withAdmins(1)),
  'ds.create.external-senders': ofContext(withOtherSender),
  'ds.context.size': ofContext(withAdmins(5000)),
};
