import { RolePolicy } from '@phoenix/ds';

/** The DS's ports whose calls are timed, and what they are part of. */
const PORTS = [
  ['signer', 'verify', 'verify'],
  ['hash', 'sha256', 'hash'],
  ['hash', 'hmac', 'hash'],
  ['hash', 'hkdfExpand', 'hash'],
  ['aead', 'open', 'decrypt'],
  ['aead', 'sealInto', 'encrypt'],
];

/** As it is: the stopwatch of the group before has put its own in its place. */
const VIOLATIONS = RolePolicy.prototype.violations;

/**
 * Times requests to a DS from outside, by the calls it makes to its ports: cryptography is what the ports take, and what
 * lies between is decoding, applying or encoding by where in the request it is. Nothing is stored: each request finds the
 * same state.
 */
export class Stopwatch {
  #calls = [];

  constructor(ds, store) {
    for (const [port, method, kind] of PORTS) this.#watch(ds.crypto[port], method, kind);
    RolePolicy.prototype.violations = VIOLATIONS;
    this.#watch(RolePolicy.prototype, 'violations', 'policy');
    ds.transport.deliver = () => Promise.resolve({ ok: true, value: [] });
    for (const lock of ['exclusive', 'shared']) this.#watchGroups(store, lock);
  }

  /** @param prepare makes and signs one request, which is the sender's work; what it returns is timed. */
  async time(rounds, prepare) {
    const runs = [];
    for (let i = 0; i < rounds; i++) {
      const request = prepare(i);
      this.#calls = [];
      const cpu = process.cpuUsage();
      const start = performance.now();
      const outcome = await request();
      const end = performance.now();
      const { user, system } = process.cpuUsage(cpu);
      if (!outcome.ok) throw new Error(`refused: ${outcome.refusal.code}`);
      runs.push({ ...timesOf(start, end, this.#calls), cpu: (user + system) / 1000 });
    }
    return runs;
  }

  #watch(object, method, kind) {
    const original = object[method];
    const calls = () => this.#calls;
    object[method] = function (...args) {
      const start = performance.now();
      const result = original.apply(this, args);
      calls().push({ kind, start, end: performance.now() });
      return result;
    };
  }

  #watchGroups(store, lock) {
    const original = store[lock].bind(store);
    store[lock] = (id, work) =>
      original(id, (group) => {
        for (const load of ['loadRoster', 'loadWhole']) this.#watch(group, load, 'store');
        group.compareAndSwap = () => Promise.resolve(true);
        return work(group);
      });
  }
}

/** Milliseconds by what they were spent on. `open`: until the request's signature is looked at, the roster being open. */
function timesOf(start, end, calls) {
  const spent = (from, to, kind) =>
    calls
      .filter((call) => call.start >= from && call.start < to && (kind === undefined || call.kind === kind))
      .reduce((sum, call) => sum + call.end - call.start, 0);
  const between = (from, to) => to - from - spent(from, to);
  const [authenticated, judged = end] = startsOf(calls, 'verify');
  const allowed = startsOf(calls, 'policy').at(-1) ?? end;
  return {
    whole: end - start - spent(start, end, 'store'),
    open: authenticated - start - spent(start, authenticated, 'store'),
    decrypt: spent(start, end, 'decrypt'),
    decode: between(start, judged),
    verify: spent(start, end, 'verify'),
    hash: spent(start, end, 'hash'),
    apply: between(judged, allowed),
    encode: between(allowed, end),
    encrypt: spent(start, end, 'encrypt'),
  };
}

function startsOf(calls, kind) {
  return calls.filter((call) => call.kind === kind).map(({ start }) => start);
}

/** The value that this share of the values does not exceed. */
export function at(values, share) {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) * share)];
}
