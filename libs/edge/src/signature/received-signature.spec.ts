import { nodeCrypto } from '@phoenix/crypto';
import { TestClock } from '@phoenix/crypto/testing';
import type { Outcome } from '@phoenix/wire';
import { SignedRequests } from '../testing/signed-requests.js';
import type { TestKey } from '../testing/sign-fields.js';

const crypto = nodeCrypto();
const requests = new SignedRequests(crypto, new TestClock(1_800_000_000_000));
const { publicKey, privateKey } = crypto.signer.generateKeyPair();
const KEY: TestKey = { keyId: { kind: 'leaf', name: '0' }, privateKey };

const codeOf = (outcome: Outcome<void>): string => (outcome.ok ? 'done' : outcome.refusal.code);

describe('asking a request for its signature', () => {
  it('again changes nothing, at the same time or later', async () => {
    const request = requests.by(KEY);
    const together = await Promise.all([
      request.authenticate(publicKey, 'group'),
      request.authenticate(publicKey, 'group'),
    ]);
    expect([...together, await request.authenticate(publicKey, 'group')].map(codeOf)).toEqual([
      'done',
      'done',
      'done',
    ]);
  });

  it('takes the nonce: the same request received again is a replay', async () => {
    const nonce = crypto.random.bytes(16);
    const [first, second] = [requests.by(KEY, { nonce }), requests.by(KEY, { nonce })];
    expect(codeOf(await first.authenticate(publicKey, 'group'))).toBe('done');
    expect(codeOf(await second.authenticate(publicKey, 'group'))).toBe('REQUEST_REPLAYED');
    expect(codeOf(await second.authenticate(publicKey, 'another group'))).toBe('done');
  });
});
