import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { proofOfWorkHolds, searchProofOfWork } from './proof-of-work.js';

const sha256 = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(bytes).digest());
const ticket = Uint8Array.of(1, 2, 3);
const everything = { from: 0, count: 100_000 };

describe('a proof of work', () => {
  it('is found by trying, and holds for as many bits as were asked for', () => {
    const nonce = searchProofOfWork(sha256, ticket, 10, everything)!;
    for (let bits = 0; bits <= 10; bits++) expect(proofOfWorkHolds(sha256, ticket, nonce, bits)).toBe(true);
    const input = Buffer.concat([Buffer.from('Phoenix 1.0 proof of work'), sha256(ticket), nonce]);
    expect(sha256(input)[0]).toBe(0);
    expect(sha256(input)[1]! >> 6).toBe(0);
  });

  it('does not hold for another ticket, but for one in a thousand', () => {
    const nonce = searchProofOfWork(sha256, ticket, 10, everything)!;
    const others = Array.from({ length: 200 }, (_, i) => Uint8Array.of(9, i));
    expect(others.filter((other) => proofOfWorkHolds(sha256, other, nonce, 10)).length).toBeLessThan(8);
  });

  it('holds in one length alone', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (nonce) => {
        expect(proofOfWorkHolds(sha256, ticket, nonce, 0)).toBe(nonce.length === 8);
      }),
    );
  });

  it('is searched in turns that go on where the last one stopped', () => {
    const nonce = searchProofOfWork(sha256, ticket, 10, everything)!;
    const at = Number(new DataView(nonce.buffer).getBigUint64(0));
    expect(searchProofOfWork(sha256, ticket, 10, { from: 0, count: at })).toBeUndefined();
    expect(searchProofOfWork(sha256, ticket, 10, { from: at, count: 1 })).toEqual(nonce);
  });

  it('cannot be of more bits than the hash has', () => {
    expect(proofOfWorkHolds(() => new Uint8Array(32), ticket, new Uint8Array(8), 256)).toBe(true);
    expect(proofOfWorkHolds(() => new Uint8Array(32), ticket, new Uint8Array(8), 257)).toBe(false);
  });
});
