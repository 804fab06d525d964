import { nodeCrypto } from '@phoenix/crypto';
import { concat, encode, groupId, LABELS } from '@phoenix/wire';
import fc from 'fast-check';
import type { DeletedQueue } from './fan-out.js';
import { NOTICE_LENGTH, openNotice, sealNotice } from './notice.js';
import { deletedQueues, drawSlots, newNotices, NOTICE_SLOTS } from './notices.js';

const crypto = nodeCrypto();
const group = { uuid: crypto.random.uuid(), domain: 'example.com' };
const LONGEST = `${'a'.repeat(63)}.${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(61)}`;
const NEVER = new Uint8Array(32);

const report = (domain = 'example.com'): DeletedQueue => ({ digest: crypto.random.bytes(32), domain });

/** A column with these reports filed, each in a slot of its own. */
function filed(queues: readonly DeletedQueue[], notices = newNotices(crypto, group)): Uint8Array {
  const column = Uint8Array.from(notices.column);
  const slots = drawSlots(crypto.random, queues.length);
  for (const [i, queue] of queues.entries()) {
    column.set(sealNotice(crypto, notices.publicKey, group, queue), (slots[i] as number) * NOTICE_LENGTH);
  }
  return column;
}

describe('the notices of a group', () => {
  it('say nothing at first', () => {
    const { privateKey, column } = newNotices(crypto, group);
    expect(deletedQueues(crypto, { group, privateKey, column, noticesRead: NEVER }).queues).toEqual([]);
  });

  it('give back what was filed, whatever the domain, and what nobody has read before', () => {
    const notices = newNotices(crypto, group);
    const queues = [report(), report('localhost'), report(LONGEST), report('a.example.org')];
    const column = filed(queues, notices);
    const noticesRead = crypto.sha256(notices.column);
    const read = deletedQueues(crypto, { group, privateKey: notices.privateKey, column, noticesRead });
    expect(read.queues).toHaveLength(queues.length);
    expect(read.queues).toEqual(expect.arrayContaining(queues));
    expect(read.noticesRead).toEqual(crypto.sha256(column));
  });

  it('are opened once: a column that has not changed says nothing anew', () => {
    const notices = newNotices(crypto, group);
    const reading = { group, privateKey: notices.privateKey, column: filed([report()], notices) };
    const { noticesRead } = deletedQueues(crypto, { ...reading, noticesRead: NEVER });
    expect(deletedQueues(crypto, { ...reading, noticesRead })).toEqual({ queues: [], noticesRead });
  });

  it('are of one size, each and all together, whatever they say', () => {
    for (const queue of [undefined, report('localhost'), report(LONGEST)])
      expect(sealNotice(crypto, newNotices(crypto, group).publicKey, group, queue)).toHaveLength(
        NOTICE_LENGTH,
      );
    for (let count = 0; count <= NOTICE_SLOTS; count++)
      expect(filed(Array.from({ length: count }, () => report()))).toHaveLength(NOTICE_SLOTS * NOTICE_LENGTH);
  });

  it('keep five reports and none apart for nobody without the key: every slot holds a key of the curve', () => {
    for (const count of [0, 5]) {
      for (let round = 0; round < 5; round++) {
        const column = filed(Array.from({ length: count }, () => report()));
        for (let slot = 0; slot < NOTICE_SLOTS; slot++) {
          const sealed = column.subarray(slot * NOTICE_LENGTH, (slot + 1) * NOTICE_LENGTH);
          // Vector lengths of a Sealed: 32, and the padded content with its tag, in two bytes.
          expect([sealed[0], sealed[33], sealed[34]]).toEqual([
            32,
            0x40 | ((287 + 16) >> 8),
            (287 + 16) & 0xff,
          ]);
          expect(isOnCurve(sealed.subarray(1, 33))).toBe(true);
        }
      }
    }
  });

  it('would be told apart if slots were filled with random bytes: half of those are no keys', () => {
    const keys = Array.from({ length: 200 }, () => crypto.random.bytes(32));
    expect(keys.filter((key) => !isOnCurve(key)).length).toBeGreaterThan(100);
  });

  it('count for their group alone, under its key', () => {
    const [notices, other] = [newNotices(crypto, group), newNotices(crypto, group)];
    const elsewhere = { ...group, uuid: crypto.random.uuid() };
    const sealed = sealNotice(crypto, notices.publicKey, group, report());
    expect(openNotice(crypto, notices.privateKey, group, sealed)).toBeDefined();
    expect(openNotice(crypto, other.privateKey, group, sealed)).toBeUndefined();
    expect(openNotice(crypto, notices.privateKey, elsewhere, sealed)).toBeUndefined();
  });

  it('are passed over where somebody has put anything else', () => {
    const { publicKey, privateKey } = newNotices(crypto, group);
    const seal = (content: Uint8Array): Uint8Array =>
      crypto.sealWithLabel(publicKey, LABELS.notice, encode(groupId, group), content);
    const short = concat(crypto.random.bytes(32), Uint8Array.of(1, 0x61));
    const trailing = concat(short, new Uint8Array(252), Uint8Array.of(1));
    for (const odd of [
      seal(short.subarray(0, 33)),
      seal(trailing),
      seal(new Uint8Array(0)),
      new Uint8Array(5),
    ])
      expect(openNotice(crypto, privateKey, group, odd)).toBeUndefined();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3 * NOTICE_LENGTH }), (column) => {
        expect(deletedQueues(crypto, { group, privateKey, column, noticesRead: NEVER }).queues).toEqual([]);
      }),
    );
  });
});

describe('the slots of new notices', () => {
  it('are different ones, all of them in the end, and none more often than another', () => {
    const counts = new Map<number, number>();
    for (let round = 0; round < 800; round++) {
      const slots = drawSlots(crypto.random, 3);
      expect(new Set(slots).size).toBe(3);
      for (const slot of slots) counts.set(slot, (counts.get(slot) ?? 0) + 1);
    }
    expect([...counts.keys()].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    // 300 expected of each, with a deviation of about 14.
    for (const count of counts.values()) expect(Math.abs(count - 300)).toBeLessThan(100);
    expect(drawSlots(crypto.random, 20)).toHaveLength(NOTICE_SLOTS);
  });
});

/** Whether 32 bytes are the u-coordinate of a point on Curve25519, canonically encoded: of random bytes a quarter are. */
function isOnCurve(bytes: Uint8Array): boolean {
  const p = 2n ** 255n - 19n;
  const u = BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`);
  if (u >= p) return false;
  const square = (u * u * u + 486_662n * u * u + u) % p;
  return power(square, (p - 1n) / 2n, p) === 1n;
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let [result, factor] = [1n, base % modulus];
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * factor) % modulus;
    factor = (factor * factor) % modulus;
  }
  return result;
}
