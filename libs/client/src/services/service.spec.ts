import { done, type Outcome, refuse } from '@phoenix/wire';
import type { RequestKey } from '../transport/request-signer.js';
import { initUserRegistration } from './as-operations.js';
import { createGroup } from './ds-operations.js';
import { dequeueMessages } from './qs-operations.js';
import { Service } from './service.js';

/** A service that answers what it is told to, in order, and remembers what it was sent. */
class ScriptedTransport {
  readonly bodies: string[] = [];
  readonly keys: (RequestKey | undefined)[] = [];

  constructor(private readonly answers: Outcome<unknown>[]) {}

  send(body: Uint8Array, key?: RequestKey): Promise<Outcome<unknown>> {
    this.bodies.push(new TextDecoder().decode(body));
    this.keys.push(key);
    return Promise.resolve(this.answers.shift() ?? refuse('UNAVAILABLE'));
  }
}
const acknowledged = done({ createGroup: { acknowledged: true } });
const waits: number[] = [];
const pause = (ms: number) => Promise.resolve(void waits.push(ms));
const serviceAnswering = (...answers: Outcome<unknown>[]) => {
  const transport = new ScriptedTransport(answers);
  return { transport, service: new Service(transport, pause) };
};

describe('a service, as its client calls it', () => {
  beforeEach(() => void waits.splice(0));

  it('is sent one root field, the input as a variable, bytes as base64url and 64-bit integers as text', async () => {
    const { transport, service } = serviceAnswering(done({ dequeueMessages: { entries: [] } }));
    await service.call(dequeueMessages, { clientId: 'x', from: 2n ** 60n, max: 5, key: Uint8Array.of(255) });
    expect(JSON.parse(transport.bodies[0]!)).toEqual({
      query: 'mutation($input:DequeueMessagesInput!){dequeueMessages(input:$input){entries{seq kind body}}}',
      variables: { input: { clientId: 'x', from: '1152921504606846976', max: 5, key: '_w' } },
    });
  });

  it('is sent the very same bytes again, ever later, while no answer comes', async () => {
    const { transport, service } = serviceAnswering(
      refuse('UNAVAILABLE'),
      refuse('UNAVAILABLE', { retryAfterMs: 5000 }),
      acknowledged,
    );
    expect(await service.call(createGroup, { groupId: 'g' })).toEqual({ ok: true, value: undefined });
    expect(new Set(transport.bodies).size).toBe(1);
    expect(transport.bodies).toHaveLength(3);
    expect(waits).toEqual([100, 5000]);
  });

  it('does not decide for how long it is waited for', async () => {
    const { service } = serviceAnswering(refuse('UNAVAILABLE', { retryAfterMs: 1e15 }), acknowledged);
    expect(await service.call(createGroup, {})).toMatchObject({ ok: true });
    expect(waits).toEqual([10_000]);
  });

  it.each([2n ** 63n, 2n ** 64n - 1n, 2n ** 64n, 10n ** 19n * 9n])(
    'is refused an entry at a seq that none can have: %d',
    async (seq) => {
      const entries = [{ seq: seq.toString(), kind: 'MESSAGE', body: '' }];
      const { service } = serviceAnswering(done({ dequeueMessages: { entries } }));
      const outcome = await service.call(dequeueMessages, {});
      expect(outcome).toMatchObject({ refusal: { code: 'INTERNAL', rule: 'client.answer' } });
    },
  );

  it('is given up after six attempts', async () => {
    const { transport, service } = serviceAnswering();
    expect(await service.call(createGroup, {})).toMatchObject({ refusal: { code: 'UNAVAILABLE' } });
    expect(transport.bodies).toHaveLength(6);
  });

  it('is not asked again when it refuses', async () => {
    const { transport, service } = serviceAnswering(refuse('FORBIDDEN'));
    expect(await service.call(createGroup, {})).toEqual(refuse('FORBIDDEN'));
    expect(transport.bodies).toHaveLength(1);
  });

  it('is not believed when its answer is not of the promised shape', async () => {
    const odd = [
      {},
      { initUserRegistration: null },
      { initUserRegistration: { userId: 7, ticket: '' } },
      { initUserRegistration: { userId: 'a', ticket: 'not base64url!' } },
    ];
    for (const answer of odd) {
      const { service } = serviceAnswering(done(answer));
      expect(await service.call(initUserRegistration, {})).toEqual(
        refuse('INTERNAL', { rule: 'client.answer' }),
      );
    }
  });
});
