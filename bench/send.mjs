import { MemoryClientStore, PhoenixClient } from '@phoenix/client';
import { nodeMlsEngine } from '@phoenix/client/node';
import { nodeCrypto, SerenityOpaqueClient, SystemClock } from '@phoenix/crypto';
import { cpuMs } from './cpu.mjs';
import { startHomeserver } from './homeserver.mjs';

const SIZES = [2, 10, 100, 1000];
const SECONDS = 5;
const ADDED_AT_ONCE = 100;
const BODY = new Uint8Array(200).fill(0x61);

/**
 * One sender, one request at a time, into groups of 2, 10, 100 and 1,000: how many messages a second the homeserver
 * acknowledges, each durable in every recipient's queue. The sender's own work (MLS, its store) is not counted.
 */
export async function run() {
  const homeserver = await startHomeserver();
  try {
    const members = await people(homeserver, Math.max(...SIZES));
    console.log('members  requests/s   rows/s   p50 ms   p99 ms   CPU ms a request (server + databases)');
    for (const size of SIZES) await measure(homeserver, members.slice(0, size));
  } finally {
    await homeserver.stop();
  }
}

/** Registered clients that can be added; the first one is the sender and knows all the others. */
async function people({ domain, services }, count) {
  const crypto = nodeCrypto();
  const clock = new SystemClock();
  const engine = await nodeMlsEngine(crypto, clock);
  const timed = stopwatch(services.ds.url);
  // Sending is measured here: passwords are stretched by next to nothing.
  const opaque = new SerenityOpaqueClient({ iterations: 1, memory: 8, parallelism: 1 });
  const register = async (fetch) => {
    const store = new MemoryClientStore();
    const client = value(
      await PhoenixClient.register({
        ...{ domain, services, store, crypto, clock, engine, fetch },
        ...{ password: 'a password', opaque },
      }),
    );
    value(await client.publishAddPackages(SIZES.length));
    return client;
  };
  const sender = await register(timed.fetch);
  const members = [{ client: sender, timed }];
  while (members.length < count) {
    const client = await register(fetch);
    const user = value(await sender.addContact(value(await client.contactCard())));
    members.push({ client, user });
  }
  return members;
}

async function measure(homeserver, [{ client: sender, timed }, ...others]) {
  const group = value(await sender.createGroup());
  for (let at = 0; at < others.length; at += ADDED_AT_ONCE) {
    const users = others.slice(at, at + ADDED_AT_ONCE).map(({ user }) => user);
    value(await sender.addMembers(group, users));
  }
  value(await sender.receive());
  value(await sender.send(group, BODY)); // warm
  timed.reset();
  const before = cpuMs(homeserver.pid);
  const end = performance.now() + SECONDS * 1000;
  while (performance.now() < end) value(await sender.send(group, BODY));
  report(others.length, timed.times(), before, cpuMs(homeserver.pid));
}

function report(recipients, times, before, after) {
  const total = times.reduce((sum, time) => sum + time, 0);
  const perSecond = (times.length / total) * 1000;
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share) => sorted[Math.floor((sorted.length - 1) * share)].toFixed(1).padStart(8);
  const cpu = (part) => ((after[part] - before[part]) / times.length).toFixed(2);
  console.log(
    `${String(recipients + 1).padStart(7)}  ${perSecond.toFixed(0).padStart(10)}  ${(perSecond * recipients).toFixed(0).padStart(7)} ` +
      `${at(0.5)} ${at(0.99)}   ${cpu('server')} + ${cpu('databases')}`,
  );
}

/** A `fetch` that notes how long each answer of one service took. */
function stopwatch(url) {
  let times = [];
  return {
    reset: () => (times = []),
    times: () => times,
    async fetch(input, init) {
      const start = performance.now();
      const response = await fetch(input, init);
      const body = await response.arrayBuffer();
      if (String(input) === url) times.push(performance.now() - start);
      return new Response(body, response);
    },
  };
}

function value(outcome) {
  if (!outcome.ok) throw new Error(`refused: ${outcome.refusal.code} ${outcome.refusal.rule ?? ''}`);
  return outcome.value;
}
