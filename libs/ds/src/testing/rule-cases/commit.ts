import type { UpdatePathNode } from '@phoenix/mls';
import { buildLeafNode, externalPub } from '@phoenix/mls/testing';
import { EXTENSION_GROUP_KEYS, leafValidity, type SealedQueueConfig } from '@phoenix/wire';
import type { DsRuleId } from '../../domain/rules.js';
import type { CommitScript } from '../commit-script.js';
import { type ClientOddities, HOME, someKeys } from '../scripted-client.js';
import { between, committing, fresh, type RuleCase, type Scene } from './rule-case.js';

type CommitRule = Extract<
  DsRuleId,
  | `ds.group-info.${string}`
  | `ds.commit.${string}`
  | `ds.leaf.${string}`
  | `ds.queue-config.${string}`
  | 'ds.key-set.size'
>;

const BOB = 1;
const add = committing('submitAdd');
const update = committing('submitUpdate');
const byBob = (): CommitScript => ({ committer: BOB });
const renewed = (scene: Scene): CommitScript => ({ committer: BOB, pseudonym: fresh(scene) });
const added = ({ group }: Scene): CommitScript => ({ add: [group.client()] });

/** A client whose KeyPackage runs, and whose credential does not. */
const expired = (now: number): ClientOddities => ({
  validFrom: now - 63 * 86_400_000,
  lifetime: leafValidity(now),
});

/** A GroupInfo with this beside its external_pub. */
function withInfo(type: number, length: number) {
  return (scene: Scene): CommitScript => {
    const infoExtensions = [externalPub(fresh(scene)), { type, data: new Uint8Array(length) }];
    return { ...byBob(), infoExtensions };
  };
}

/** Bob's leaf with a leaf extension of so many bytes. */
function withLeaf(length: number) {
  return ({ group }: Scene): CommitScript => {
    const type = 0xf0fe;
    const alter: CommitScript['alter'] = (path) => {
      const { encryptionKey, source, credential, capabilities } = path.leafNode;
      const supporting = { ...capabilities, extensions: [...capabilities.extensions, type] };
      const extensions = [{ type, data: new Uint8Array(length) }];
      const fields = { encryptionKey, source, credential, capabilities: supporting, extensions };
      const position = { groupId: group.scripted.group.groupId, leafIndex: BOB };
      return { ...path, leafNode: buildLeafNode(group.member(BOB).signer, fields, position) };
    };
    return { ...byBob(), alter };
  };
}

/** Bob's path with secrets encrypted in so many bytes. */
function withPathSecrets(length: number) {
  return (): CommitScript => {
    const alter: CommitScript['alter'] = ({ leafNode, nodes }) => ({
      leafNode,
      nodes: nodes.map((node: UpdatePathNode) => ({
        ...node,
        encryptedPathSecrets: node.encryptedPathSecrets.map(({ kemOutput }) => ({
          kemOutput,
          ciphertext: new Uint8Array(length),
        })),
      })),
    });
    return { ...byBob(), alter };
  };
}

export const commitCases: Record<CommitRule, RuleCase> = {
  'ds.group-info.external-pub': between(update, () => ({ ...byBob(), infoExtensions: [] }), byBob),
  'ds.group-info.secrets': between(update, withInfo(EXTENSION_GROUP_KEYS, 96), withInfo(0xf0ff, 96)),
  'ds.group-info.size': between(update, withInfo(0xf0ff, 4096), withInfo(0xf0ff, 4000)),
  'ds.key-set.size': between(
    update,
    (scene) => {
      const own = { ...someKeys(scene.ds.crypto), wrappedLinkKey: fresh(scene, 62) };
      return { ...renewed(scene), aad: { own } };
    },
    (scene) => ({ ...renewed(scene), aad: { own: someKeys(scene.ds.crypto) } }),
  ),
  'ds.leaf.size': between(update, withLeaf(8192), withLeaf(7000)),
  'ds.leaf.credential': between(
    add,
    ({ ds, group }) => ({ add: [group.client(expired(ds.clock.now()))] }),
    added,
  ),
  'ds.leaf.pseudonym': between(
    add,
    ({ group }) => ({ add: [group.client({ pseudonym: group.member(BOB).pseudonym })] }),
    added,
  ),
  'ds.commit.sender': between(
    ({ group }, signer) => group.submitUpdate(group.make(byBob()), signer),
    () => 2,
    () => BOB,
  ),
  'ds.commit.aad': between(update, () => ({ ...byBob(), authenticatedData: Uint8Array.of(1) }), byBob),
  'ds.commit.path-secrets': between(update, withPathSecrets(49), withPathSecrets(48)),
  'ds.commit.key-sets': between(add, (scene) => ({ ...added(scene), aad: { added: [] } }), added),
  'ds.commit.own-keys': between(update, (scene) => ({ ...renewed(scene), aad: { own: undefined } }), renewed),
  'ds.commit.own-credential': between(
    update,
    ({ group }) => {
      const other = { ...group.client(), identity: group.member(BOB).identity };
      return { ...byBob(), renewed: other, aad: { own: undefined } };
    },
    renewed,
  ),
  'ds.queue-config.form': between(add, ({ group }) => ({ add: [group.client({ extensions: [] })] }), added),
  'ds.queue-config.size': between<SealedQueueConfig>(
    ({ group }, queue) => group.updateQueueConfig(BOB, queue),
    (scene) => ({ domain: HOME, sealed: fresh(scene, 181) }),
    (scene) => ({ domain: HOME, sealed: fresh(scene, 180) }),
  ),
  'ds.queue-config.unique': between(
    update,
    ({ group }) => ({ ...byBob(), aad: { ownQueueConfig: group.member(2).queue } }),
    ({ group }) => ({ ...byBob(), aad: { ownQueueConfig: group.member(BOB).queue } }),
  ),
  'ds.queue-config.domain': between(
    add,
    ({ group }) => ({ add: [group.client({ queueDomain: 'elsewhere.org' })] }),
    added,
  ),
};
