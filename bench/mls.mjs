import { nodeCrypto } from '@phoenix/crypto';
import { DsUnderTest, MemoryGroupStore, ScriptedConversation } from '@phoenix/ds/testing';
import { midLife } from './mid-life.mjs';
import { at, Stopwatch } from './stopwatch.mjs';

const SIZES = [10, 100, 1000, 5000];
const ROUNDS = 300;
/** The small groups run until the code is hot. */
const WARM_UP_ROUNDS = 1500;
const DIFFERENT_COMMITS = 20;
const STEPS = ['decrypt', 'decode', 'verify', 'hash', 'apply', 'encode', 'encrypt'];
const COMMIT_HEAD = ['whole', 'p10', 'p90', 'CPU', ...STEPS];
const MESSAGE_HEAD = ['whole', 'p10', 'p90', 'open'];

/**
 * The whole request at the DS, from the parsed input to the statements and the fan-out, without HTTP, database and queues:
 * a commit (an update of its committer's path) and an application message. Medians in milliseconds; CPU is all threads'.
 */
export async function run() {
  const measured = new Map();
  await measure(SIZES[0], WARM_UP_ROUNDS);
  for (const size of SIZES) measured.set(size, await measure(size, ROUNDS));
  print('commit', 'tree KiB', COMMIT_HEAD);
  for (const [size, { tree, commits }] of measured) print(size, tree, commitTimes(commits));
  print('message', 'roster KiB', MESSAGE_HEAD);
  for (const [size, { roster, messages }] of measured) print(size, roster, messageTimes(messages));
  console.log(`one Ed25519 verification: ${verification().toFixed(3)} ms; a commit has four, a message one`);
}

async function measure(size, rounds) {
  const store = new MemoryGroupStore();
  const ds = await DsUnderTest.over(store, { maxMembers: Math.max(...SIZES) });
  const group = await ScriptedConversation.begin(ds);
  await midLife(group, size);
  const commits = Array.from({ length: DIFFERENT_COMMITS }, () => madeCommit(group));
  const { roster, tree } = await store.load(group.uuid);
  const stopwatch = new Stopwatch(ds, store);
  return {
    roster: roster.length / 1024,
    tree: tree.length / 1024,
    commits: await stopwatch.time(rounds, (i) => commitOf(ds, group, commits[i % DIFFERENT_COMMITS])),
    messages: await stopwatch.time(rounds, (i) => messageOf(ds, group, i % size)),
  };
}

function madeCommit(group) {
  const committer = group.scripted.random.below(group.members.size);
  return { committer, ...group.make({ committer }) };
}

function commitOf(ds, group, { committer, input, body }) {
  const request = group.request(committer, body);
  const fresh = { ...input, earKey: group.earKey.slice() };
  return () => ds.updateClient.execute(fresh, request);
}

function messageOf(ds, group, sender) {
  const input = { groupId: group.uuid, earKey: group.earKey.slice(), message: group.message() };
  const request = group.request(sender);
  return () => ds.sendMessage.execute(input, request);
}

function commitTimes(runs) {
  const cpu = runs.reduce((sum, run) => sum + run.cpu, 0) / runs.length;
  return [...spread(runs), cpu, ...STEPS.map((step) => median(runs, step))];
}

function messageTimes(runs) {
  return [...spread(runs), median(runs, 'open')];
}

function spread(runs) {
  const whole = runs.map((run) => run.whole);
  return [at(whole, 0.5), at(whole, 0.1), at(whole, 0.9)];
}

function median(runs, step) {
  return at(
    runs.map((run) => run[step]),
    0.5,
  );
}

/** On this machine, now: what others do on it meanwhile is in all figures. */
function verification() {
  const { signer } = nodeCrypto();
  const { publicKey, privateKey } = signer.generateKeyPair();
  const message = new Uint8Array(1000);
  const signature = signer.sign(privateKey, message);
  const times = Array.from({ length: 2_000 }, () => {
    const start = performance.now();
    signer.verify(publicKey, message, signature);
    return performance.now() - start;
  });
  return at(times, 0.5);
}

function print(first, second, cells) {
  const texts = cells.map((cell) => (typeof cell === 'string' ? cell : cell.toFixed(2)).padStart(8));
  console.log(`${String(first).padStart(8)} ${String(second).padStart(10)} ${texts.join(' ')}`);
}
