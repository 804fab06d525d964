import { utf8 } from '@phoenix/wire';
import {
  createGroupInfoWithExternalPub,
  createGroupInfoWithExternalPubAndRatchetTree,
  emptyPskIndex,
  joinGroupExternal,
  processPublicMessage,
  proposeExternal,
} from 'ts-mls';
import { decodeCapabilities, encodeCapabilities } from 'ts-mls/capabilities.js';
import { applyProposals, validateRatchetTree } from 'ts-mls/clientState.js';
import { deriveSecret } from 'ts-mls/crypto/kdf.js';
import { initializeEpoch } from 'ts-mls/keySchedule.js';
import { verifyParentHashes } from 'ts-mls/parentHash.js';
import { getCommitSecret, pathToRoot } from 'ts-mls/pathSecrets.js';
import { senderFromExtension } from 'ts-mls/publicMessage.js';
import { toLeafIndex, toNodeIndex } from 'ts-mls/treemath.js';
import { createUpdatePath } from 'ts-mls/updatePath.js';
import { agreement, GROUP_KEYS, GROUP_POLICY, MlsParty, NOW_MS, stage } from '../testing/mls/mls-party.js';
import { externalSenders, parentNode, RawParty } from '../testing/mls/raw-ts-mls.js';

/** Each of these fails without its part of patches/ts-mls+1.6.4.patch. */
describe('ts-mls, patched,', () => {
  it('joins a tree whose nodes list different unmerged leaves (RFC 9420 §12.4.3.1)', async () => {
    const party = await MlsParty.of(31);
    const alice = await party.group('0');
    const first = await party.add(alice, [], '1', '2', '3', '4', '5', '6', '7');
    const rest = first.filter((_, i) => i !== 0 && i !== 4);
    await party.commit(alice, rest, { remove: [1, 5] });
    const four = first[3]!;
    const others = () => [alice, ...rest].filter((group) => group !== four);
    await party.commit(four, others(), {});
    const [eight] = await party.add(alice, rest, '8');
    const [nine] = await party.add(alice, [...rest, eight!], '9');
    expect(agreement(nine!)).toBe(agreement(alice));
    await party.commit(nine!, [alice, ...rest, eight!], {});
    expect(new Set([alice, ...rest, eight!, nine!].map(agreement)).size).toBe(1);
  });

  it('hashes nothing for leaves that no parent hash begins at (RFC 9420 §7.9.2)', async () => {
    const { state, suite } = await (await RawParty.of(33)).pair();
    const [alice] = state.ratchetTree;
    // A commit of somebody who is gone has left the root.
    const tree = Array.from({ length: 127 }, (_, i) => (i % 2 === 0 ? alice : undefined));
    tree[63] = parentNode(1);
    let digests = 0;
    const digest = (data: Uint8Array) => suite.hash.digest(data).finally(() => digests++);
    expect(await verifyParentHashes(tree, { ...suite.hash, digest })).toBe(false);
    expect(digests).toBe(0);
  });

  it.each([
    [
      'beyond the tree, and soon',
      2 ** 31,
      'Unmerged leaf did not represent a non-blank descendant leaf node',
    ],
    ['that is blank', 3, 'Unmerged leaf did not represent a non-blank descendant leaf node'],
    [
      'that a node below does not list',
      1,
      'non-blank intermediate node must list leaf node in its unmerged_leaves',
    ],
  ])('refuses an unmerged leaf %s', async (_what, leaf, refusal) => {
    const party = await RawParty.of(32);
    const { state, suite } = await party.pair();
    const [alice, , bob] = state.ratchetTree;
    const tree = [alice, parentNode(1), bob, parentNode(2, leaf), undefined, undefined, undefined];
    const { lifetimeConfig, authService } = state.clientConfig;
    const { groupContext: context } = state;
    const { treeHash } = context;
    const refused = await validateRatchetTree(tree, context, lifetimeConfig, authService, treeHash, suite);
    expect(refused?.message).toBe(refusal);
  });

  it('reads external_senders as a vector, and finds the second (RFC 9420 §12.1.8.1)', async () => {
    const party = await RawParty.of(33);
    const [first, second] = [await party.suite.signature.keygen(), await party.suite.signature.keygen()];
    const extension = externalSenders(first.publicKey, second.publicKey);
    expect(senderFromExtension([extension], 1)?.signaturePublicKey).toEqual(second.publicKey);
    const { state, suite } = await party.pair([extension]);
    const groupInfo = await createGroupInfoWithExternalPub(state, [], suite);
    const proposal = { proposalType: 'remove' as const, remove: { removed: 1 } };
    const message = await proposeExternal(groupInfo, proposal, second.publicKey, second.signKey, suite);
    if (message.wireformat !== 'mls_public_message') throw new Error('not a public message');
    const { newState } = await processPublicMessage(state, message.publicMessage, emptyPskIndex, suite);
    expect(Object.keys(newState.unappliedProposals)).toHaveLength(1);
  });

  it('gives external_pub its own length, and joins by such a one (RFC 9420 §12.4.3.2)', async () => {
    const party = await RawParty.of(34);
    const { state, suite } = await party.pair();
    const withTree = await createGroupInfoWithExternalPubAndRatchetTree(state, [], suite);
    for (const groupInfo of [withTree, await createGroupInfoWithExternalPub(state, [], suite)]) {
      const externalPub = groupInfo.extensions.find((e) => e.extensionType === 'external_pub')?.extensionData;
      expect([externalPub?.length, externalPub?.[0]]).toEqual([33, 32]);
    }
    const { publicPackage, privatePackage } = await party.keyPackage('carol');
    const carol = await joinGroupExternal(withTree, publicPackage, privatePackage, false, suite);
    const { newState } = await processPublicMessage(state, carol.publicMessage, emptyPskIndex, suite);
    expect(newState.keySchedule.epochAuthenticator).toEqual(carol.newState.keySchedule.epochAuthenticator);
  });

  it('refuses to replace an old leaf that is not in the tree, and soon', async () => {
    const party = await RawParty.of(35);
    const { state, suite } = await party.pair();
    const groupInfo = await createGroupInfoWithExternalPubAndRatchetTree(state, [], suite);
    const { publicPackage, privatePackage } = await party.keyPackage('carol');
    await expect(joinGroupExternal(groupInfo, publicPackage, privatePackage, true, suite)).rejects.toThrow(
      'No leaf of this client to replace',
    );
  });

  it('refuses an external commit that removes a leaf beyond the tree', async () => {
    const party = await RawParty.of(36);
    const { state, suite } = await party.pair();
    const proposals = [
      { proposalType: 'external_init' as const, externalInit: { kemOutput: new Uint8Array(32) } },
      { proposalType: 'remove' as const, remove: { removed: 2 ** 20 } },
    ].map((proposal) => ({ proposalOrRefType: 'proposal' as const, proposal }));
    await expect(applyProposals(state, proposals, undefined, emptyPskIndex, false, suite)).rejects.toThrow(
      'Tried to remove empty leaf node',
    );
  });

  it("changes a leaf's credential and key by a path, and signs what comes after with the new key", async () => {
    const party = await MlsParty.of(37);
    const alice = await party.group('alice');
    const [bob] = await party.add(alice, [], 'bob');
    const newLeaf = party.leaf('alice anew');
    const keys = await party.keyPackage('carol');
    const staged = await party.commit(alice, [bob!], { newLeaf, add: [keys.keyPackage] });
    const carol = await party.join(staged, keys, alice);
    const { publicKey: signatureKey } = newLeaf.signatureKeys;
    const renewed = { leaf: 0, identity: newLeaf.identity, signatureKey };
    for (const group of [alice, bob!, carol]) expect(group.members()[0]).toEqual(renewed);
    const message = await alice.encrypt(utf8('still me'), new Uint8Array());
    expect(await carol.decrypt(message)).toMatchObject({ sender: renewed });
    await party.commit(alice, [bob!, carol], {});
    expect(agreement(carol)).toBe(agreement(alice));
  });

  it('makes a path for GroupContextExtensions, under the context that they make (RFC 9420 §12.4.1)', async () => {
    const party = await MlsParty.of(38);
    const alice = await party.group('alice');
    const [bob] = await party.add(alice, [], 'bob');
    const treeBefore = bob!.ratchetTree();
    const other = { ...GROUP_POLICY, data: new Uint8Array(65).fill(9) };
    await party.commit(alice, [bob!], { groupContextExtensions: [other] });
    expect(bob!.ratchetTree()).not.toEqual(treeBefore);
    expect(Buffer.from(bob!.groupContext()).includes(Buffer.from(other.data))).toBe(true);
    expect(agreement(bob!)).toBe(agreement(alice));
  });

  it('takes the commit secret from the end of the filtered path when half the tree is blank (RFC 9420 §7.4)', async () => {
    const party = await MlsParty.of(39);
    const alice = await party.group('alice');
    const [bob, carol, dave] = await party.add(alice, [], 'bob', 'carol', 'dave');
    await party.commit(carol!, [dave!], { remove: [0, 1] });
    expect(bob!.epoch).toBe(1n);
    await party.commit(carol!, [dave!], {});
    expect(agreement(dave!)).toBe(agreement(carol!));

    const raw = await RawParty.of(39);
    const { suite, groupContext, tree, signKey } = await raw.rightHalf();
    const made = await createUpdatePath(tree, toLeafIndex(2), groupContext, signKey, suite);
    const [updated, , pathSecrets, , commitSecret] = made;
    expect(pathSecrets.map((secret) => secret.nodeIndex)).toEqual([5]);
    const expected = await deriveSecret(pathSecrets[0]!.secret, 'path', suite.kdf);
    expect(commitSecret).toEqual(expected);
    const received = await pathToRoot(updated, toNodeIndex(5), pathSecrets[0]!.secret, suite.kdf);
    expect(Object.keys(received)).toEqual(['5']);
    expect(await getCommitSecret(updated, toNodeIndex(5), received, suite.kdf)).toEqual(expected);
  });

  it('keeps the last member removed from computing the epoch after (RFC 9420 §7.4)', async () => {
    const party = await RawParty.of(40);
    const { suite, state: alice } = await party.pair();
    // What the removed member holds: the init secret, and every public byte of the commit.
    const removed = alice.keySchedule.initSecret.slice();
    const next = await party.commit(alice, [{ proposalType: 'remove', remove: { removed: 1 } }]);
    const zeros = new Uint8Array(32);
    const guessed = await initializeEpoch(removed, zeros, next.groupContext, zeros, suite.kdf);
    expect(guessed.keySchedule.epochAuthenticator).not.toEqual(next.keySchedule.epochAuthenticator);
  });

  it('tells a member that it is out though someone else took its leaf in the same commit', async () => {
    const party = await MlsParty.of(41);
    const alice = await party.group('alice');
    const [bob, carol] = await party.add(alice, [], 'bob', 'carol');
    const keys = await party.keyPackage('dave');
    const staged = await stage(alice, {
      remove: [1],
      add: [keys.keyPackage],
      welcomeExtensions: [GROUP_KEYS],
    });
    await alice.mergePendingCommit();
    expect(await bob!.processCommit(staged.commit, NOW_MS)).toMatchObject({ kind: 'removed', committer: 0 });
    expect(await carol!.processCommit(staged.commit, NOW_MS)).toMatchObject({ kind: 'applied' });
    expect((await party.join(staged, keys, alice)).ownLeaf).toBe(1);
  });

  it('reads a leaf that lists versions nobody knows, and keeps its bytes: its signature is over them (RFC 9420 §13.5)', () => {
    const versions = [4, 0, 1, 0x0a, 0x0a];
    const bytes = Uint8Array.of(...versions, 2, 0, 1, 0, 0, 2, 0, 1);
    const [capabilities, length] = decodeCapabilities(bytes, 0)!;
    expect(length).toBe(bytes.length);
    expect(encodeCapabilities(capabilities)).toEqual(bytes);
  });
});
