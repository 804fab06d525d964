import { type Probe, startProbe } from './testing/probe.js';

describe('a signed operation', () => {
  let probe: Probe;
  beforeAll(async () => {
    probe = await startProbe();
  });
  afterAll(() => probe.app.close());

  it('runs', async () => {
    const answer = await probe.caller.call('mutation { act { acknowledged } }', {}, probe.key);
    expect(answer).toMatchObject({ status: 200, data: { act: { acknowledged: true } } });
  });
  it('echo', async () => {
    const answer = await probe.caller.call('query($i: ProbeInput!) { echo(input: $i) { bytes number } }', {
      i: { bytes: 'AAEC', number: '18446744073709551615', id: '0b6cf7f3-7c0b-4c5e-8f0e-0d6a1c2b3d4e' },
    });
    console.log(answer, probe.log);
  });
});
