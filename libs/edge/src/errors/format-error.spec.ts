import { ERROR_CODES, refuse } from '@phoenix/wire';
import { type Probe, startProbe } from '../testing/probe.js';
import { errorShape } from './error-shape.js';

const MARK = 'bWFya2VkLXNlY3JldA';
const GOOD = { bytes: 'AAEC', number: '1', id: '0b6cf7f3-7c0b-4c5e-8f0e-0d6a1c2b3d4e' };
const ECHO = 'query ($input: ProbeInput!) { echo(input: $input) { bytes number } }';

describe('an error', () => {
  let probe: Probe;
  beforeAll(async () => {
    probe = await startProbe();
  });
  afterAll(() => probe.app.close());
  beforeEach(() => probe.log.splice(0));

  it('of every code has a fixed text', () => {
    for (const code of ERROR_CODES) expect(errorShape({ code }).message).toMatch(/^[A-Z][^"]+\.$/);
  });

  it.each([
    ['bytes that are none', { ...GOOD, bytes: `${MARK}=` }],
    ['bytes of the wrong type', { ...GOOD, bytes: { [MARK]: 1 } }],
    ['a number above 64 bits', { ...GOOD, number: '18446744073709551616' }],
    ['a number that is no string', { ...GOOD, number: 4711 }],
    ['an id that is no UUID', { ...GOOD, id: MARK }],
    ['a field that does not exist', { ...GOOD, [MARK]: 1 }],
    ['a missing field', { bytes: MARK }],
    ['a list', [MARK]],
    ['null', null],
  ])('about %s is BAD_REQUEST and repeats nothing', async (_what, input) => {
    const answer = await probe.caller.call(ECHO, { input });
    expect([...new Set(answer.codes)]).toEqual(['BAD_REQUEST']);
    expect(answer.text).not.toMatch(/bWFya2Vk|4711|18446744073709551616|ProbeInput|echo|\$input/);
    expect(probe.log).toEqual([]);
  });

  it.each([
    ['a syntax error', `{ ${MARK}(`],
    ['an unknown field', `{ ${MARK} }`],
    ['a literal of the wrong type', `{ echo(input: "${MARK}") { number } }`],
    ['a literal that is not canonical', `{ struct(bytes: "${MARK}=") }`],
    ['an unknown operation type', `subscription { ${MARK} }`],
    ['a missing variable', ECHO],
    ['bytes that are no struct', `{ ${MARK}: struct(bytes: "AAAA") }`],
  ])('about %s is BAD_REQUEST and repeats nothing', async (_what, query) => {
    const answer = await probe.caller.call(query);
    expect([...new Set(answer.codes)]).toEqual(['BAD_REQUEST']);
    expect(answer.text).not.toContain(MARK);
    expect(JSON.stringify(probe.log)).not.toContain(MARK);
  });

  it('hands out pending proposals as Bytes, in their order', () => {
    const proposals = [Uint8Array.of(251, 255), Uint8Array.of(1)];
    const { extensions } = errorShape({ code: 'PROPOSALS_PENDING', proposals });
    expect(extensions).toEqual({ code: 'PROPOSALS_PENDING', proposals: ['-_8', 'AQ'] });
  });

  it('carries what a refusal states', async () => {
    probe.state.outcome = refuse('WRONG_EPOCH', { epoch: 2n ** 63n, rule: 'mls.14-1', retryAfterMs: 5 });
    const { text } = await probe.caller.call('mutation { refused { acknowledged } }');
    const [error] = (JSON.parse(text) as { errors: unknown[] }).errors;
    expect(error).toEqual({
      message: 'The group is in another epoch.',
      extensions: { code: 'WRONG_EPOCH', epoch: '9223372036854775808', rule: 'mls.14-1', retryAfterMs: 5 },
    });
    expect(probe.log).toEqual([]);
  });

  it('of something that does not answer says when to come back, and its cause stays in the log', async () => {
    const { text, codes } = await probe.caller.call('mutation { unreachable { acknowledged } }');
    expect(codes).toEqual(['UNAVAILABLE']);
    expect(text).toContain('"retryAfterMs":2000');
    expect(text + JSON.stringify(probe.log)).not.toContain('10.0.0.7');
    expect(probe.log).toMatchObject([{ level: 'warn', event: 'unavailable' }]);
  });

  it('that passes by itself, as the service knows, is UNAVAILABLE', async () => {
    const passing = new Error(MARK);
    const service = await startProbe({ isPassing: (error) => error === passing });
    service.state.failure = passing;
    const { text, codes } = await service.caller.call('mutation { fail { acknowledged } }');
    expect(codes).toEqual(['UNAVAILABLE']);
    expect(text + JSON.stringify(service.log)).not.toContain(MARK);
    expect(service.log).toMatchObject([{ level: 'warn', event: 'unavailable' }]);
    service.state.failure = new Error(MARK);
    expect((await service.caller.call('mutation { fail { acknowledged } }')).codes).toEqual(['INTERNAL']);
    await service.app.close();
  });

  it.each([
    [
      'an error with a code',
      Object.assign(new Error(`duplicate key (user)=(${MARK})`), { code: '23505' }),
      '23505',
    ],
    ['an error with a cause', new Error(MARK, { cause: new TypeError(MARK) }), 'TypeError'],
    ['an error whose text looks like a stack', new Error(`x\n    at ${MARK} (a.ts:1:1)`), 'Error'],
    ['a string', MARK, 'NonErrorThrown'],
    [
      'an error that Nest knows as HTTP',
      { response: { statusCode: 400, message: MARK }, status: 400, message: MARK },
      'NonErrorThrown',
    ],
  ])('that nobody foresaw (%s) is INTERNAL under an opaque id', async (_what, failure, logged) => {
    probe.state.failure = failure;
    const { text, codes } = await probe.caller.call('mutation { fail { acknowledged } }');
    expect(codes).toEqual(['INTERNAL']);
    const { errors } = JSON.parse(text) as { errors: { extensions: { fault: string } }[] };
    expect(probe.log).toMatchObject([{ level: 'error', event: 'fault', fault: errors[0]?.extensions.fault }]);
    expect(JSON.stringify(probe.log)).toContain(logged);
    expect(text + JSON.stringify(probe.log)).not.toContain(MARK);
  });
});
