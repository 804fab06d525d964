import { nodeCrypto } from '@phoenix/crypto';
import { done, type QueueEntryContent } from '@phoenix/wire';
import type { FanOut } from '../domain/fan-out.js';
import type { FanOutTransport } from '../ports/fan-out-transport.js';

const crypto = nodeCrypto();
const { random } = crypto;
const sha256 = (bytes: Uint8Array): Uint8Array => crypto.sha256(bytes);

/** A transport and a look behind it. */
export interface TransportUnderTest {
  readonly transport: FanOutTransport;
  readonly destination: string;
  /** Sealed configs of so many queues that exist. */
  configs(count: number): Promise<Uint8Array[]>;
  /** What has come for a config, oldest first. */
  received(config: Uint8Array): Promise<readonly QueueEntryContent[]>;
  /** The owner of the queue that a config leads to deletes it. */
  deleteQueue(config: Uint8Array): Promise<void>;
}

/** What every FanOutTransport must hold to. Run it in a `describe` of the adapter's spec. */
export function fanOutTransportConformance(make: () => Promise<TransportUnderTest>): void {
  const entry = (): QueueEntryContent => ({ type: 'commit', timestamp: 1n, payload: random.bytes(300) });
  const fanOut = (destination: string, configs: Uint8Array[], id = random.bytes(16)): FanOut => ({
    id,
    destination,
    configs,
    entry: entry(),
  });

  it('brings each entry to each of its queues, in order', async () => {
    const { transport, destination, configs, received } = await make();
    const [ada, ben] = (await configs(2)) as [Uint8Array, Uint8Array];
    const [first, second] = [fanOut(destination, [ada, ben]), fanOut(destination, [ben])];
    expect(await transport.deliver([first, second])).toEqual(done([]));
    expect(await received(ada)).toEqual([first.entry]);
    expect(await received(ben)).toEqual([first.entry, second.entry]);
  });

  it('takes an id once, whoever brings it and with whatever', async () => {
    const { transport, destination, configs, received } = await make();
    const [ada] = (await configs(1)) as [Uint8Array];
    const first = fanOut(destination, [ada]);
    const again = Array.from({ length: 8 }, () => fanOut(destination, [ada], first.id));
    expect(await transport.deliver([first])).toEqual(done([]));
    const answers = await Promise.all(again.map((repeated) => transport.deliver([repeated])));
    expect(answers).toEqual(again.map(() => done([])));
    expect(await received(ada)).toEqual([first.entry]);
  });

  it('knows the ids that it has taken, and no other', async () => {
    const { transport, destination, configs } = await make();
    const [ada] = (await configs(1)) as [Uint8Array];
    const [first, second, never] = [0, 1, 2].map(() => fanOut(destination, [ada])) as [
      FanOut,
      FanOut,
      FanOut,
    ];
    const known = () => Promise.all([first, second, never].map(({ id }) => transport.taken(id)));
    expect(await known()).toEqual([false, false, false]);
    await transport.deliver([first, second]);
    expect(await known()).toEqual([true, true, false]);
  });

  it('fails for no recipient whose config it cannot use', async () => {
    const { transport, destination, configs, received } = await make();
    const [ada] = (await configs(1)) as [Uint8Array];
    const sent = fanOut(destination, [random.bytes(160), ada]);
    expect(await transport.deliver([sent])).toEqual(done([]));
    expect(await received(ada)).toEqual([sent.entry]);
  });

  it('reports the queues that are deleted, by their configs’ digests, and brings the others theirs', async () => {
    const { transport, destination, configs, received, deleteQueue } = await make();
    const [ada, ben, eve] = (await configs(3)) as [Uint8Array, Uint8Array, Uint8Array];
    await transport.deliver([fanOut(destination, [ada, ben])]);
    await deleteQueue(ben);
    await deleteQueue(eve);
    const sent = fanOut(destination, [ben, random.bytes(160), ada, eve]);
    const gone = [ben, eve].map((config) => ({ digest: sha256(config), domain: destination }));
    const answers = [await transport.deliver([sent]), await transport.deliver([sent])];
    for (const answer of answers) {
      const reported = answer.ok ? answer.value : [];
      expect(reported).toHaveLength(gone.length);
      expect(reported).toEqual(expect.arrayContaining(gone));
    }
    expect((await received(ada)).at(-1)).toEqual(sent.entry);
  });

  it('does not look at its input once it has answered', async () => {
    const { transport, destination, configs, received } = await make();
    const [ada] = (await configs(1)) as [Uint8Array];
    const sent = fanOut(destination, [ada]);
    const payload = Uint8Array.from(sent.entry.payload);
    await transport.deliver([sent]);
    sent.entry.payload.fill(0);
    expect((await received(ada))[0]?.payload).toEqual(payload);
  });
}
