import { CLIENT_NAME, type Probe, startProbe } from '../testing/probe.js';
import type { TestKey } from '../testing/sign-fields.js';

const ASK = JSON.stringify({ query: '{ signedOrNot }' });

describe('a request to an operation whose signature is optional', () => {
  let probe: Probe;
  beforeAll(async () => {
    probe = await startProbe();
  });
  afterAll(() => probe.app.close());

  const fields = (key: TestKey = probe.key): Record<string, string> => probe.caller.fields(ASK, key);
  const post = (headers: Record<string, string> = {}) => probe.caller.post(ASK, headers);

  it('is admitted without one, and its use case knows', async () => {
    expect(await post()).toMatchObject({ status: 200, data: { signedOrNot: false }, codes: [] });
    const { 'content-digest': digest } = fields();
    expect((await post({ 'content-digest': digest as string })).data).toEqual({ signedOrNot: false });
  });

  it('is admitted with one that is right', async () => {
    expect(await post(fields())).toMatchObject({ data: { signedOrNot: true }, codes: [] });
  });

  it.each(['signature', 'signature-input'])('is refused with half of one: without %s', async (name) => {
    const { [name]: _dropped, ...half } = fields();
    expect((await post(half)).codes).toEqual(['SIGNATURE_INVALID']);
    expect((await post({ ...fields(), [name]: '' })).codes).toEqual(['SIGNATURE_INVALID']);
  });

  it('is not taken for unsigned when its signature is wrong, replayed, late, or another kind of key’s', async () => {
    const stranger = { ...probe.key, privateKey: probe.crypto.random.bytes(32) };
    expect((await post(fields(stranger))).codes).toEqual(['SIGNATURE_INVALID']);
    const user: TestKey = { ...probe.key, keyId: { kind: 'qs-user', name: CLIENT_NAME } };
    expect((await post(fields(user))).codes).toEqual(['SIGNATURE_INVALID']);
    const sent = fields();
    expect((await post(sent)).codes).toEqual([]);
    expect((await post(sent)).codes).toEqual(['REQUEST_REPLAYED']);
    const late = fields();
    probe.clock.advance(6 * 60_000);
    expect((await post(late)).codes).toEqual(['REQUEST_EXPIRED']);
    const { 'content-digest': _dropped, ...undigested } = fields();
    expect((await post(undigested)).codes).toEqual(['DIGEST_MISMATCH']);
  });
});
