import { nodeCrypto } from '@phoenix/crypto';
import { keyPackageCodec, mlsMessageCodec } from '@phoenix/mls';
import { buildKeyPackage, type KeyPackageFields } from '@phoenix/mls/testing';
import {
  addPackage,
  decode,
  encode,
  EXTENSION_LAST_RESORT,
  EXTENSION_QUEUE_CONFIG,
  leafValidity,
  type Outcome,
  sealedQueueConfig,
} from '@phoenix/wire';
import { memoryStores, QsClient, TestQs } from '../testing/index.js';

const crypto = nodeCrypto();
const WEEK = 7 * 86_400;
let seed = 0;

describe('publishing add packages', () => {
  let qs: TestQs;
  let client: QsClient;
  beforeEach(async () => {
    qs = await TestQs.start(memoryStores(crypto));
    client = await qs.register();
  });

  const ruleOf = (outcome: Outcome<unknown>): string | undefined =>
    outcome.ok ? 'done' : (outcome.refusal.rule ?? outcome.refusal.code);
  const configData = (sealed: Uint8Array, domain = TestQs.domain): Uint8Array =>
    encode(sealedQueueConfig, { domain, sealed });

  interface Shape {
    readonly lastResort?: boolean;
    readonly config?: Uint8Array | undefined;
    readonly fields?: KeyPackageFields;
  }
  function packageOf({ lastResort = false, fields, ...shape }: Shape = {}): Uint8Array {
    const config = 'config' in shape ? shape.config : configData(client.sealConfig(qs.address));
    const extensions = [
      ...(config ? [{ type: EXTENSION_QUEUE_CONFIG, data: config }] : []),
      ...(lastResort ? [{ type: EXTENSION_LAST_RESORT, data: new Uint8Array(0) }] : []),
    ];
    const lifetime = leafValidity(qs.clock.now());
    const { keyPackage } = buildKeyPackage({ seed: seed++, lifetime, extensions, ...fields });
    const message = encode(mlsMessageCodec, { type: 'keyPackage', keyPackage });
    return encode(addPackage, { keyPackage: message, encryptedLinkKey: crypto.random.bytes(60) });
  }
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

  it('qs.add-package.last-resort: wants at least one last resort', async () => {
    expect(ruleOf(await publish([packageOf()]))).toBe('qs.add-package.last-resort');
    expect(ruleOf(await publish([]))).toBe('qs.add-package.last-resort');
  });

  it('qs.add-package.unique: takes no package twice', async () => {
    const one = packageOf({ lastResort: true });
    expect(ruleOf(await publish([one, one]))).toBe('qs.add-package.unique');
  });

  it('qs.add-package.encoding: takes nothing but AddPackages with a KeyPackage inside', async () => {
    const { keyPackage } = buildKeyPackage({ seed: 99_999 });
    const bare = encode(addPackage, {
      keyPackage: encode(keyPackageCodec, keyPackage),
      encryptedLinkKey: crypto.random.bytes(60),
    });
    for (const wrong of [new Uint8Array(3), bare]) {
      expect(ruleOf(await publish([wrong]))).toBe('qs.add-package.encoding');
    }
  });

  it('qs.add-package.lifetime: wants eight weeks from a Monday', async () => {
    const { notBefore, notAfter } = leafValidity(qs.clock.now());
    const lifetime = { notBefore, notAfter: notAfter + BigInt(WEEK) };
    expect(ruleOf(await publish([packageOf({ fields: { lifetime } })]))).toBe('qs.add-package.lifetime');
  });

  it('qs.add-package.queue-config: wants a queue config sealed to this QS', async () => {
    const foreign = configData(client.sealConfig(qs.address), 'example.org');
    for (const config of [undefined, crypto.random.bytes(9), foreign, configData(crypto.random.bytes(200))]) {
      expect(ruleOf(await publish([packageOf({ config })]))).toBe('qs.add-package.queue-config');
    }
  });

  it('qs.add-package.queue-config-owner: wants it to lead to the publisher, and signed by it', async () => {
    const other = await qs.register();
    const others = configData(other.sealConfig(qs.address));
    const forged = configData(new QsClient().sealConfig(qs.address, { clientId: client.clientId }));
    for (const config of [others, forged]) {
      expect(ruleOf(await publish([packageOf({ config })]))).toBe('qs.add-package.queue-config-owner');
    }
  });

  it('qs.add-package.push-key: takes no push key to lie beside the push token', async () => {
    const config = configData(client.sealConfig(qs.address, { pushTokenKey: crypto.random.bytes(32) }));
    expect(ruleOf(await publish([packageOf({ config })]))).toBe('qs.add-package.push-key');
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
