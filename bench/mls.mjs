import { nodeCrypto } from '@phoenix/crypto';
import {
  decodePublicGroup,
  encodePublicGroup,
  mlsMessageCodec,
  processCommit,
  withGroupInfoUpdate,
} from '@phoenix/mls';
import { ScriptedGroup } from '@phoenix/mls/testing';
import { decode, encode } from '@phoenix/wire';

const SIZES = [10, 100, 1000, 5000];
const ADDED_AT_ONCE = 50;
const MIN_MS = 2_000;
const FLOOR = 32 * 1024;
const STEPS = ['decrypt', 'decode', 'process', 'group info', 'encode', 'encrypt'];
const NONE = new Uint8Array(0);

/**
 * The MLS share of a commit's request at a delivery service: the stored state decrypted, the commit (an update of its
 * committer's path) followed, the new state encrypted again, padded to a power of two. Medians, in milliseconds.
 */
export async function run() {
  console.log(
    `members   state KiB  commit KiB   whole   p90    ${STEPS.map((s) => s.padStart(10)).join('')}`,
  );
  for (const size of SIZES) report(size, measure(scriptedGroup(size)));
  console.log(
    `of which three Ed25519 verifications (commit, leaf, GroupInfo): ${verifications(3).toFixed(2)} ms`,
  );
}

/** What that many signatures cost to verify on this machine, in milliseconds: no state is too small for it. */
function verifications(count) {
  const { signer } = nodeCrypto();
  const { publicKey, privateKey } = signer.generateKeyPair();
  const message = new Uint8Array(1000);
  const signature = signer.sign(privateKey, message);
  const times = Array.from({ length: 2_000 }, () => {
    const start = performance.now();
    for (let i = 0; i < count; i++) signer.verify(publicKey, message, signature);
    return performance.now() - start;
  });
  return Number(at(times, 0.5));
}

/** A group in the middle of its life: members of all places have committed since they were added. */
function scriptedGroup(size) {
  const scripted = new ScriptedGroup(size);
  for (let count = 1; count < size;) {
    const added = Math.min(ADDED_AT_ONCE, size - count);
    scripted.add(added, scripted.random.below(count));
    count += added;
  }
  for (let i = 0; i < size / 4; i++) scripted.apply({ committer: scripted.random.below(size) });
  return scripted;
}

function measure(scripted) {
  const crypto = nodeCrypto();
  const key = crypto.random.bytes(32);
  const encoded = encodePublicGroup(scripted.group);
  const stored = { sealed: crypto.encrypt(key, NONE, padded(encoded)), length: encoded.length };
  const requests = Array.from({ length: 20 }, () => request(scripted));
  const times = [];
  const end = performance.now() + MIN_MS;
  for (let i = 0; i < 40 || performance.now() < end; i++)
    times.push(handle(crypto, key, stored, requests[i % requests.length], scripted.now));
  return { times: times.slice(20), state: stored.sealed.length, commit: requests[0].commit.length };
}

/** A commit by some member, with what it signs beside it. */
function request(scripted) {
  const committer = scripted.random.below(scripted.signers.size);
  const publicMessage = scripted.commit({ committer });
  const staged = scripted.process(publicMessage);
  if (!staged.ok) throw new Error(staged.rule);
  const update = scripted.groupInfoUpdate(committer, staged.value.group);
  return { commit: encode(mlsMessageCodec, { type: 'publicMessage', publicMessage }), update };
}

/** One request; the moments between its steps. */
function handle(crypto, key, stored, { commit, update }, now) {
  const moments = [performance.now()];
  const mark = () => moments.push(performance.now());
  const bytes = crypto.decrypt(key, NONE, stored.sealed);
  mark();
  const group = decodePublicGroup(bytes.subarray(0, stored.length));
  const { publicMessage } = decode(mlsMessageCodec, commit);
  mark();
  const staged = processCommit(group, publicMessage, { crypto: crypto.mls, now, maxLeaves: 8192 });
  if (!staged.ok) throw new Error(staged.rule);
  mark();
  const next = withGroupInfoUpdate(staged.value.group, staged.value.committer, update, crypto.mls);
  if (!next.ok) throw new Error(next.rule);
  mark();
  const encoded = padded(encodePublicGroup(next.value));
  mark();
  crypto.encrypt(key, NONE, encoded);
  mark();
  return moments;
}

function padded(bytes) {
  let size = FLOOR;
  while (size < bytes.length) size *= 2;
  const buffer = new Uint8Array(size);
  buffer.set(bytes);
  return buffer;
}

function report(size, { times, state, commit }) {
  const whole = times.map((moments) => moments.at(-1) - moments[0]);
  const steps = STEPS.map((_, i) => times.map((moments) => moments[i + 1] - moments[i]));
  const kib = (bytes) => (bytes / 1024).toFixed(0);
  console.log(
    `${String(size).padStart(7)} ${kib(state).padStart(11)} ${kib(commit).padStart(11)} ` +
      `${at(whole, 0.5).padStart(7)} ${at(whole, 0.9).padStart(7)}  ${steps.map((step) => at(step, 0.5).padStart(10)).join('')}`,
  );
}

function at(values, share) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) * share)].toFixed(2);
}
