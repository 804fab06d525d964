import { DsUnderTest, MemoryGroupStore, ScriptedConversation } from '@phoenix/ds/testing';

const SIZES = [10, 100, 1000];
/** The first third only warms up. */
const ROUNDS = 120;
const EVERY = 37;

/**
 * What the DS itself takes for a commit and for a message, without HTTP, database and queues: from the signed request to
 * the sealed state and back. Nobody but a few committers has joined yet: the largest tree section there is.
 */
export async function run() {
  console.log('members  operation      median ms     p90 ms');
  for (const size of SIZES) await measure(size);
}

async function measure(size) {
  const ds = await DsUnderTest.over(new MemoryGroupStore());
  ds.transport.deliver = () => Promise.resolve({ ok: true, value: [] });
  const group = await ScriptedConversation.begin(ds);
  await group.add(size - 1);
  const commits = rounds((i) => commitOf(ds, group, (i * EVERY) % size));
  await report(size, 'updateClient', commits);
  const messages = rounds((i) => messageOf(ds, group, i % size));
  await report(size, 'sendMessage', messages);
}

function rounds(make) {
  return Array.from({ length: ROUNDS }, (_, i) => make(i));
}

/** Made and signed beforehand: that is the members' work. */
function commitOf(ds, group, committer) {
  const made = group.make({ committer });
  const request = group.request(committer, made.body);
  made.take();
  return () => ds.updateClient.execute(made.input, request);
}

function messageOf(ds, group, sender) {
  const input = { groupId: group.uuid, earKey: group.earKey.slice(), message: group.message() };
  const request = group.request(sender);
  return () => ds.sendMessage.execute(input, request);
}

async function report(size, operation, calls) {
  const times = [];
  for (const call of calls) {
    const start = performance.now();
    const outcome = await call();
    times.push(performance.now() - start);
    if (!outcome.ok) throw new Error(`refused: ${outcome.refusal.code}`);
  }
  const steady = times.slice(ROUNDS / 3).sort((a, b) => a - b);
  const at = (part) => steady[Math.floor(steady.length * part)].toFixed(2).padStart(10);
  console.log(`${String(size).padStart(7)}  ${operation.padEnd(12)} ${at(0.5)} ${at(0.9)}`);
}
