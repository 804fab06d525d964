import { nodeCrypto, SerenityOpaqueClient, SystemClock } from '@phoenix/crypto';
import { PhoenixClient } from '@phoenix/client';
import { FileClientStore, nodeMlsEngine } from '@phoenix/client/node';
import { done, type Outcome } from '@phoenix/wire';
import type { Call, PersonCalls, Reply } from './person-calls.js';
import { type SeenRequest, watchedFetch } from './seen-request.js';

/** One person: a client in a process of its own, its state in a file, doing what the demo's main process says. */

let client: PhoenixClient;
const seen: SeenRequest[] = [];

const calls: PersonCalls = {
  async register({ domain, services }, stateFile) {
    const crypto = nodeCrypto();
    const clock = new SystemClock();
    const names = ['as', 'qs', 'ds'] as const;
    const serviceOf = (url: string) => names.find((name) => services[name].url === url)!;
    const registered = await PhoenixClient.register({
      domain,
      services,
      crypto,
      clock,
      engine: await nodeMlsEngine(crypto, clock),
      store: await FileClientStore.open(stateFile),
      password: 'correct horse battery staple',
      opaque: new SerenityOpaqueClient(),
      fetch: watchedFetch(serviceOf, (request) => seen.push(request)),
    });
    if (!registered.ok) return registered;
    client = registered.value;
    return done(client.userId);
  },
  publish: (oneTime) => client.publishAddPackages(oneTime),
  takeAlias: (alias) => client.aliases.register(alias, 4),
  connect: (target) => client.connections.connect(target),
  async offers() {
    const received = await client.connections.receiveOffers();
    return received.ok ? client.connections.offers() : received;
  },
  accept: (user) => client.connections.accept(user),
  safetyNumber: (user) => client.connections.safetyNumber(user),
  createGroup: () => client.createGroup(),
  add: (group, users) => client.addMembers(group, users),
  remove: (group, users) => client.removeMembers(group, users),
  renew: (group) => client.updateClient(group, { newPseudonym: true }),
  say: (group, text) => sayForSure(group, text),
  async read() {
    const received = await client.receive();
    if (!received.ok) return received;
    await client.confirm(received.value);
    const texts = received.value.flatMap(({ event }) => (event.kind === 'message' ? [event.body] : []));
    return done(texts.map((body) => new TextDecoder().decode(body)));
  },
};

/** A message that no answer came to waits in the client's outbox. */
async function sayForSure(group: string, text: string): Promise<Outcome<void>> {
  let sent: Outcome<unknown> = await client.send(group, new TextEncoder().encode(text));
  while (!sent.ok && sent.refusal.code === 'UNAVAILABLE') sent = await client.flush();
  return sent.ok ? done() : sent;
}

async function answer({ id, method, args }: Call): Promise<Reply> {
  const callable = calls as unknown as Record<
    string,
    (...args: readonly unknown[]) => Promise<Outcome<unknown>>
  >;
  try {
    const result = await callable[method]!(...args);
    return { id, result, fault: undefined, seen: seen.splice(0) };
  } catch (error) {
    return { id, result: undefined, fault: String(error), seen: seen.splice(0) };
  }
}

process.on('message', (call: Call) => void answer(call).then((reply) => process.send!(reply)));
// Ctrl-C goes to the whole process group; the main process says when it is over.
process.on('SIGINT', () => undefined);
process.on('disconnect', () => process.exit(0));
