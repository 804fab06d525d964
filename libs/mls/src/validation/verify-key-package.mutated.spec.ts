import { encode } from '@phoenix/wire';
import { keyPackageCodec } from '../codec/key-package.js';
import { buildKeyPackage } from '../testing/build-key-package.js';
import { CAPABILITIES } from '../testing/build-leaf-node.js';
import { countMutations, decoded } from '../testing/mutation.js';
import { nodeMlsCrypto } from '../testing/node-mls-crypto.js';
import { SeededBytes } from '../testing/seeded-bytes.js';
import { verifyKeyPackage } from './verify-key-package.js';

const MUTATIONS = 1_500;
const context = { crypto: nodeMlsCrypto(), cipherSuite: 1, now: 5_000 };

describe('mutated KeyPackages', () => {
  const grease = { type: 0x0a0a, data: new Uint8Array(5) };
  const capabilities = { ...CAPABILITIES, extensions: [0x0a0a] };
  const packages = [
    buildKeyPackage({ seed: 1 }),
    buildKeyPackage({ seed: 2, extensions: [grease], leafExtensions: [grease], capabilities }),
  ];
  const inputs = packages.map(({ keyPackage }) => ({
    bytes: encode(keyPackageCodec, keyPackage),
    attempt: (bytes: Uint8Array) => {
      const other = decoded(keyPackageCodec, bytes);
      return other && verifyKeyPackage(other, context);
    },
  }));

  it('hold before they are mutated', () => {
    for (const { bytes, attempt } of inputs) expect(attempt(bytes)).toMatchObject({ ok: true });
  });

  it(`are refused, ${MUTATIONS} of them, by DecodeError or a rule, and are not changed by being looked at`, () => {
    const before = inputs.map(({ bytes }) => bytes.slice());
    const counts = countMutations(new SeededBytes(51), MUTATIONS, inputs, () => undefined);
    expect(counts.undecodable).toBeGreaterThan(MUTATIONS / 10);
    expect(counts.refused).toBeGreaterThan(MUTATIONS / 10);
    expect(inputs.map(({ bytes }) => bytes)).toEqual(before);
  });
});
