import { nodeCrypto } from '@phoenix/crypto';
import { addPackage, decode, encode, type Outcome } from '@phoenix/wire';
import { memoryStores, type QsClient, TestQs } from '../testing/index.js';
import { configData, type PackageShape, somePackage } from '../testing/rule-cases/some-package.js';

const crypto = nodeCrypto();
const WEEK = 7 * 86_400;

describe('publishing add packages', () => {
  let qs: TestQs;
  let client: QsClient;
  beforeEach(async () => {
    qs = await TestQs.start(memoryStores(crypto));
    client = await qs.register();
  });

  const ruleOf = (outcome: Outcome<unknown>): string | undefined =>
    outcome.ok ? 'done' : (outcome.refusal.rule ?? outcome.refusal.code);
  const packageOf = (shape: PackageShape = {}): Uint8Array => somePackage(qs, client, shape);
  const publish = (packages: readonly Uint8Array[]): Promise<Outcome<void>> =>
    qs.publishAddPackages.execute(client.asClient, client.clientId, packages);

  it('hands out nothing that has expired, a last resort neither', async () => {
    expect(ruleOf(await publish([packageOf(), packageOf({ lastResort: true })]))).toBe('done');
    qs.clock.advance(9 * WEEK * 1000);
    for (let i = 0; i < 3; i++)
      expect(await qs.takeAddPackages.execute(client.friendshipToken)).toEqual({ ok: true, value: [] });
  });

  it('lets a friend take each one-time package once and the last resort ever after', async () => {
    const packages = [packageOf(), packageOf(), packageOf({ lastResort: true })];
    expect(ruleOf(await publish(packages))).toBe('done');
    const taken: string[] = [];
    for (let i = 0; i < 4; i++) {
      const outcome = await qs.takeAddPackages.execute(client.friendshipToken);
      if (outcome.ok) taken.push(...outcome.value.map((one) => Buffer.from(one).toString('hex')));
    }
    const [one, two, last] = packages.map((encoded) => Buffer.from(encoded).toString('hex'));
    expect([...taken.slice(0, 2)].sort()).toEqual([one, two].sort());
    expect(taken.slice(2)).toEqual([last, last]);
  });

  it('refuses a token that is nobody’s, and one that is no token', async () => {
    const code = (outcome: Outcome<unknown>): string => (outcome.ok ? 'done' : outcome.refusal.code);
    expect(code(await qs.takeAddPackages.execute(crypto.random.bytes(32)))).toBe('NOT_FOUND');
    expect(code(await qs.takeAddPackages.execute(crypto.random.bytes(31)))).toBe('BAD_REQUEST');
  });

  it('refuses what is no AddPackage at all, and the lack of any', async () => {
    expect(ruleOf(await publish([new Uint8Array(3)]))).toBe('qs.add-package.encoding');
    expect(ruleOf(await publish([]))).toBe('qs.add-package.last-resort');
  });

  it('qs.add-package.queue-config: wants one that is there, and opens', async () => {
    for (const config of [undefined, crypto.random.bytes(9), configData(crypto.random.bytes(200))]) {
      expect(ruleOf(await publish([packageOf({ config })]))).toBe('qs.add-package.queue-config');
    }
  });

  it('qs.add-package.queue-config-owner: wants it to lead to the publisher', async () => {
    const config = configData((await qs.register()).sealConfig(qs.address));
    expect(ruleOf(await publish([packageOf({ config })]))).toBe('qs.add-package.queue-config-owner');
  });

  it('refuses what MLS refuses, and keeps the packages it had', async () => {
    expect(ruleOf(await publish([packageOf({ lastResort: true })]))).toBe('done');
    const good = packageOf();
    const { keyPackage, encryptedLinkKey } = decode(addPackage, good);
    const changed = keyPackage.map((byte, at) => (at === keyPackage.length - 1 ? byte ^ 1 : byte));
    const forged = encode(addPackage, { keyPackage: changed, encryptedLinkKey });
    expect(ruleOf(await publish([forged]))).toMatch(/^mls\./);
    expect((await qs.takeAddPackages.execute(client.friendshipToken)).ok).toBe(true);
  });

  it('refuses more than 256', async () => {
    const outcome = await publish(Array.from({ length: 257 }, () => new Uint8Array(1)));
    expect(ruleOf(outcome)).toBe('LIMIT_EXCEEDED');
  });
});
