import { TestClock } from '@phoenix/crypto/testing';
import { formatContentDigest, formatKeyId, utf8 } from '@phoenix/wire';
import { CLIENT_NAME, type Probe, startProbe } from '../testing/probe.js';
import type { TestKey } from '../testing/sign-fields.js';

const MINUTE_MS = 60_000;
const ACT = JSON.stringify({ query: 'mutation { act { acknowledged } }' });

describe('a request to a signed operation', () => {
  let probe: Probe;
  beforeAll(async () => {
    probe = await startProbe();
  });
  afterAll(() => probe.app.close());

  const post = (body: string, headers: Record<string, string>) => probe.caller.post(body, headers);
  const fields = (key: TestKey = probe.key): Record<string, string> => probe.caller.fields(ACT, key);
  const without = (name: string): Record<string, string> => {
    const { [name]: _dropped, ...rest } = fields();
    return rest;
  };

  async function expectRefusal(code: string, body: string, headers: Record<string, string>): Promise<void> {
    const before = probe.state.effects;
    expect((await post(body, headers)).codes).toEqual([code]);
    expect(probe.state.effects).toBe(before);
  }

  it('takes effect when its signature is right', async () => {
    const before = probe.state.effects;
    const answer = await post(ACT, fields());
    expect(answer).toMatchObject({ status: 200, data: { act: { acknowledged: true } }, codes: [] });
    expect(probe.state.effects).toBe(before + 1);
  });

  it('takes effect again when the same body is signed anew: a retry is not a replay', async () => {
    expect((await post(ACT, fields())).codes).toEqual([]);
    expect((await post(ACT, fields())).codes).toEqual([]);
  });

  it('is refused without a signature', () => expectRefusal('SIGNATURE_REQUIRED', ACT, {}));

  it('is refused when sent a second time', async () => {
    const sent = fields();
    expect((await post(ACT, sent)).codes).toEqual([]);
    await expectRefusal('REQUEST_REPLAYED', ACT, sent);
  });

  it('is refused when another request of the key has used its nonce', async () => {
    const nonce = probe.crypto.random.bytes(16);
    const other = `${ACT} `;
    expect((await post(ACT, probe.caller.fields(ACT, probe.key, nonce))).codes).toEqual([]);
    await expectRefusal('REQUEST_REPLAYED', other, probe.caller.fields(other, probe.key, nonce));
  });

  it('may use the nonce again that it used in another scope', async () => {
    const nonce = probe.crypto.random.bytes(16);
    const sent = probe.caller.fields(ACT, probe.key, nonce);
    probe.state.scope = 'one group';
    expect((await post(ACT, sent)).codes).toEqual([]);
    probe.state.scope = 'another group';
    expect((await post(ACT, sent)).codes).toEqual([]);
    probe.state.scope = '';
  });

  it('does not use its nonce up when its signature is wrong', async () => {
    const sent = fields();
    const right = probe.state.publicKey;
    probe.state.publicKey = new Uint8Array(probe.crypto.signer.generateKeyPair().publicKey);
    await expectRefusal('SIGNATURE_INVALID', ACT, sent);
    probe.state.publicKey = right;
    expect((await post(ACT, sent)).codes).toEqual([]);
  });

  it('is refused when the key on record is none', async () => {
    const right = probe.state.publicKey;
    probe.state.publicKey = new Uint8Array(0);
    await expectRefusal('SIGNATURE_INVALID', ACT, fields());
    probe.state.publicKey = right;
  });

  it('is refused when its body is not the one that was signed', () =>
    expectRefusal('DIGEST_MISMATCH', `${ACT} `, fields()));

  it('is refused when its body was changed and its digest with it', () => {
    const body = `${ACT} `;
    const digest = formatContentDigest(probe.crypto.sha256(utf8(body)));
    return expectRefusal('SIGNATURE_INVALID', body, { ...fields(), 'content-digest': digest });
  });

  it('is refused without a digest', () => expectRefusal('DIGEST_MISMATCH', ACT, without('content-digest')));

  it.each(['signature', 'signature-input'])('is refused when %s is missing', (name) =>
    expectRefusal('SIGNATURE_INVALID', ACT, without(name)),
  );

  it('is refused when its signature is not in the canonical form', () => {
    const sent = fields();
    return expectRefusal('SIGNATURE_INVALID', ACT, {
      ...sent,
      'signature-input': `${sent['signature-input']};expires=1`,
    });
  });

  it('is refused when it was signed for another service', async () => {
    const elsewhere = await startProbe({ authority: 'other.example.com' });
    await expectRefusal('SIGNATURE_INVALID', ACT, elsewhere.caller.fields(ACT, probe.key));
    await elsewhere.app.close();
  });

  it('takes its audience from the configuration, whatever Host says', async () => {
    expect((await post(ACT, { ...fields(), host: 'elsewhere.example.com' })).codes).toEqual([]);
  });

  it('is refused when it covers a token that it does not bring', () => {
    const sent = fields();
    const input = (sent['signature-input'] ?? '').replace(
      '"content-digest")',
      '"content-digest" "authorization")',
    );
    return expectRefusal('SIGNATURE_INVALID', ACT, { ...sent, 'signature-input': input });
  });

  it('is refused with a token while tokens are off', () =>
    expectRefusal('TOKEN_INVALID', ACT, { ...fields(), authorization: 'PrivateToken token="AAAA"' }));

  it('is refused when another kind of key signs', () =>
    expectRefusal(
      'SIGNATURE_INVALID',
      ACT,
      fields({ ...probe.key, keyId: { kind: 'qs-user', name: CLIENT_NAME } }),
    ));

  it('is fresh for five minutes either way and not longer', async () => {
    for (const offMs of [-5 * MINUTE_MS, 5 * MINUTE_MS]) {
      const early = fields();
      probe.clock.advance(offMs);
      expect((await post(ACT, early)).codes).toEqual([]);
      const late = fields();
      probe.clock.advance(offMs + Math.sign(offMs) * 1000);
      await expectRefusal('REQUEST_EXPIRED', ACT, late);
      probe.clock.advance(-2 * offMs - Math.sign(offMs) * 1000);
    }
  });

  it('is refused by an operation that never asks whether the signature is genuine', async () => {
    const body = JSON.stringify({ query: 'mutation { careless { acknowledged } }' });
    expect((await post(body, probe.caller.fields(body, probe.key))).codes).toEqual(['INTERNAL']);
  });

  it('is refused by an operation that wants to know nobody', async () => {
    const body = JSON.stringify({ query: 'mutation { anonymous { acknowledged } }' });
    await expectRefusal('SIGNATURE_INVALID', body, probe.caller.fields(body, probe.key));
  });

  it('leaves its key id in no log', async () => {
    await post(ACT, fields());
    expect(JSON.stringify(probe.log)).not.toContain(CLIENT_NAME);
    expect(formatKeyId(probe.key.keyId)).toContain(CLIENT_NAME);
  });
});

describe('a restart', () => {
  it('does not let a request in again, and takes its retry', async () => {
    const clock = new TestClock(1_800_000_000_000);
    const before = await startProbe({}, clock);
    const sent = before.caller.fields(ACT, before.key);
    expect((await before.caller.post(ACT, sent)).codes).toEqual([]);
    await before.app.close();
    clock.advance(1_000);
    const after = await startProbe({}, clock);
    after.state.publicKey = before.state.publicKey;
    expect((await after.caller.post(ACT, sent)).codes).toEqual(['UNAVAILABLE']);
    expect((await after.caller.post(ACT, after.caller.fields(ACT, before.key))).codes).toEqual([]);
    await after.app.close();
  });
});

describe('the order of checks', () => {
  let probe: Probe;
  beforeAll(async () => {
    probe = await startProbe();
  });
  afterAll(() => probe.app.close());

  it('is digest, form, freshness, token, signature', async () => {
    const wrong = { ...probe.key, privateKey: probe.crypto.random.bytes(32) };
    const sent = probe.caller.fields(ACT, wrong);
    const token = { authorization: 'PrivateToken token="AAAA"' };
    const codes = async (body: string, headers: Record<string, string>) =>
      (await probe.caller.post(body, headers)).codes;
    expect(await codes(ACT, sent)).toEqual(['SIGNATURE_INVALID']);
    expect(await codes(ACT, { ...sent, ...token })).toEqual(['TOKEN_INVALID']);
    probe.clock.advance(6 * MINUTE_MS);
    expect(await codes(ACT, { ...sent, ...token })).toEqual(['REQUEST_EXPIRED']);
    expect(await codes(ACT, { ...sent, ...token, signature: 'x' })).toEqual(['SIGNATURE_INVALID']);
    expect(await codes(`${ACT} `, { ...sent, ...token, signature: 'x' })).toEqual(['DIGEST_MISMATCH']);
  });

  it('compares the digest of an unsigned request, too', async () => {
    const { codes } = await probe.caller.post('{"query":"{ effects }"}', {
      'content-digest': 'sha-256=:AAAA:',
    });
    expect(codes).toEqual(['DIGEST_MISMATCH']);
  });

  it('refuses a token on an unsigned request', async () => {
    const { codes, status } = await probe.caller.post('{"query":"{ effects }"}', {
      authorization: 'Bearer x',
    });
    expect([status, ...codes]).toEqual([401, 'TOKEN_INVALID']);
  });
});
