import { type AwaitedEpoch, moveOn } from './awaited-epochs.js';
import { awaited, keyOfAwaited } from './awaited-joiners.js';
import type { Joiner } from './joiner.js';
import { KeySet } from './key-set.js';
import { deltaTo } from './rows-delta.js';

const bytes = (length: number, first: number) => new Uint8Array(length).fill(first);
const joiner = (id: number): Joiner => ({
  leafIndex: id,
  ref: bytes(32, id),
  pseudonym: bytes(32, id),
  signatureKey: bytes(32, 100 + id),
  queue: { domain: 'example.com', sealed: bytes(180, id) },
});
const row = (index: number, size = 10) => ({
  tree: deltaTo(new Map([[index, bytes(size, 7)]])),
  memberKeys: deltaTo(new Map([[index, undefined]])),
});

/** One commit after another, each given by the joiners it brings and the keys it settles. */
function commits(steps: readonly { joins?: number[]; settles?: number[]; month?: number; size?: number }[]) {
  return steps.reduce<AwaitedEpoch[]>(
    (epochs, { joins = [], settles = [], month = 676, size }, epoch) =>
      moveOn(epochs, {
        epoch: BigInt(epoch),
        month,
        delta: row(epoch, size),
        joiners: awaited(joins.map(joiner)),
        settled: new KeySet(settles.map((id) => joiner(id).signatureKey)),
      }),
    [],
  );
}
const epochsOf = (epochs: readonly AwaitedEpoch[]) => epochs.map(({ epoch }) => Number(epoch));

describe('awaited epochs', () => {
  it('are those whose joiners have neither joined nor gone, newest first', () => {
    const epochs = commits([
      { joins: [1, 2] },
      { joins: [3] },
      {},
      { settles: [1] },
      { joins: [4], settles: [3] },
    ]);
    expect(epochsOf(epochs)).toEqual([4, 0]);
    expect(keyOfAwaited(epochs[1]!.joiners, joiner(2).ref)).toEqual(joiner(2).signatureKey);
    expect(keyOfAwaited(epochs[1]!.joiners, joiner(1).ref)).toBeUndefined();
  });

  it('leave what is older than the newest as it is: a commit costs what changed since', () => {
    const first = commits([{ joins: [1] }, { joins: [2] }, { joins: [3] }]);
    const next = moveOn(first, {
      epoch: 9n,
      month: 676,
      delta: row(9),
      joiners: awaited([]),
      settled: new KeySet(),
    });
    expect(next.slice(1).map(({ tree }) => tree)).toEqual(first.slice(1).map(({ tree }) => tree));
    for (const [i, { tree }] of next.slice(1).entries()) expect(tree).toBe(first[i + 1]!.tree);
  });

  it('end with the third whole month', () => {
    const later = (month: number) => commits([{ joins: [1] }, { month }]);
    expect(epochsOf(later(679))).toEqual([0]);
    expect(epochsOf(later(680))).toEqual([]);
  });

  it('are forgotten from the oldest on where they would take more than eight mebibytes', () => {
    const size = 1024 * 1024;
    const epochs = commits(Array.from({ length: 20 }, (_, id) => ({ joins: [id + 1], size })));
    const kept = epochsOf(epochs);
    expect(kept).toEqual([19, 18, 17, 16, 15, 14, 13, 12]);
  });
});
