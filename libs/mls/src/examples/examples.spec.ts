import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { encode } from '@phoenix/wire';
import { groupInfoCodec } from '../codec/group-info.js';
import { keyPackageCodec } from '../codec/key-package.js';
import { mlsMessageCodec } from '../codec/mls-message.js';
import type { PublicMessage } from '../codec/public-message.js';
import { buildKeyPackage } from '../testing/build-key-package.js';
import { externalCommit, processExternal } from '../testing/scripted-external-commit.js';
import { ScriptedGroup } from '../testing/scripted-group.js';
import { propose, stored } from '../testing/scripted-proposal.js';
import { encodeRatchetTree } from '../tree/unverified-ratchet-tree.js';
import type { Checked } from '../validation/checked.js';
import { create, takeCommit, takeProposal } from './delivery-service.js';
import { caveats, explain, publish } from './key-package.js';

const sent = (publicMessage: PublicMessage) =>
  encode(mlsMessageCodec, { type: 'publicMessage', publicMessage });
function valueOf<T>(checked: Checked<T>): T {
  if (!checked.ok) throw new Error(`refused: ${checked.rule}`);
  return checked.value;
}

describe('the delivery service of the README', () => {
  const scripted = new ScriptedGroup(9);
  const { crypto, now } = scripted;
  const info = encode(groupInfoCodec, scripted.group.groupInfo!);
  let group = valueOf(create(info, encodeRatchetTree(scripted.group.tree), crypto));

  it('follows commits, by value and by reference', () => {
    const built = scripted.keyPackage();
    const added = scripted.commit({ committer: 0, add: [built.keyPackage] });
    scripted.group = valueOf(scripted.process(added)).group;
    scripted.signers.set(1, built.signer);
    group = valueOf(takeCommit(group, sent(added), scripted.groupInfoUpdate(0), crypto, now));

    const leave = propose(scripted, 1, { type: 'remove', removed: 1 });
    group = valueOf(takeProposal(group, sent(leave), crypto, now));
    const references = [stored(scripted, leave)];
    const commit = scripted.commit({ committer: 0, references });
    scripted.group = valueOf(scripted.process(commit, references)).group;
    group = valueOf(takeCommit(group, sent(commit), scripted.groupInfoUpdate(0), crypto, now));
    expect(group.proposals).toEqual([]);
  });

  it('lets somebody join by itself, once', () => {
    const { message, signer } = externalCommit(scripted);
    const { joiner, group: next } = valueOf(processExternal(scripted, message));
    scripted.signers.set(joiner, signer);
    const update = scripted.groupInfoUpdate(joiner, next);
    group = valueOf(takeCommit(group, sent(message), update, crypto, now));
    expect(takeCommit(group, sent(message), update, crypto, now)).toEqual({ ok: false, rule: 'mls.6-epoch' });
  });
});

describe('the KeyPackage check of the README', () => {
  it('gives the reference of what holds, and says why something does not', () => {
    const { crypto } = new ScriptedGroup(9);
    const bytes = encode(keyPackageCodec, buildKeyPackage().keyPackage);
    expect(publish(bytes, crypto, 5_000)).toMatchObject({ ok: true });
    const late = publish(bytes, crypto, 2 ** 41);
    if (late.ok) throw new Error('accepted');
    expect(explain(late)).toBe('mls.7.3-lifetime (RFC 9420 §7.3): A KeyPackage is used within its lifetime.');
    expect(caveats().length).toBeGreaterThan(5);
  });
});

describe('the README', () => {
  it('shows only code that stands in the examples', () => {
    const here = (path: string) => readFileSync(join(process.cwd(), 'libs/mls', path), 'utf8');
    const sources = ['delivery-service', 'key-package']
      .map((name) => here(`src/examples/${name}.ts`))
      .join('\n');
    const blocks = [...here('README.md').matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code!);
    expect(blocks.length).toBeGreaterThan(0);
    for (const line of blocks.join('\n').split('\n')) expect(sources).toContain(line.trim());
  });
});
