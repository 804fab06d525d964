/**
 * A client in a process of its own, to be killed: it reads, says what it has heard, talks and renews its keys until it dies. With
 * `finish` it only reads what is left, and ends. What it prints is what its user has seen:
 * `heard <receipt> <text>`, `sending <text>`, `sent <text>`, `trouble <event>`, `refused <code>`.
 */
import { writeSync } from 'node:fs';
import { PhoenixClient } from '@phoenix/client';
import { FileClientStore, nodeMlsEngine } from '@phoenix/client/node';
import { nodeCrypto, SystemClock } from '@phoenix/crypto';

const { domain, services, path, group, life, finish } = JSON.parse(process.argv[2]);
// Not console.log: what was said before a kill must have left the process.
const say = (line) => void writeSync(1, `${line}\n`);
const QUIET = ['message', 'joined', 'members'];

const [crypto, clock] = [nodeCrypto(), new SystemClock()];
const engine = await nodeMlsEngine(crypto, clock);
const store = await FileClientStore.open(path);
const opened = await PhoenixClient.open({ domain, services, store, crypto, clock, engine });
const client = opened.value;

async function read() {
  const received = await client.receive();
  if (!received.ok) return say(`refused ${received.refusal.code}`);
  for (const { receipt, event } of received.value) {
    if (event.kind === 'message') say(`heard ${receipt} ${new TextDecoder().decode(event.body)}`);
    if (!QUIET.includes(event.kind)) say(`trouble ${event.kind} ${event.reason ?? event.rule}`);
  }
  await client.confirm(received.value);
  return received.value.length;
}

if (finish) {
  while ((await read()) !== 0);
  process.exit(0);
}
for (let count = 0; ; count++) {
  await read();
  const text = `bob ${life}.${count}`;
  say(`sending ${text}`);
  const sent = await client.send(group, new TextEncoder().encode(text));
  say(sent.ok ? `sent ${text}` : `refused ${sent.refusal.code}`);
  if (count % 4 === 2) await client.updateClient(group, { newPseudonym: true });
}
