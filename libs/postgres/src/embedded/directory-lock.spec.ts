import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DirectoryLock } from './directory-lock.js';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'phoenix-lock-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

const leave = (text: string) => writeFileSync(join(directory, 'lock-7.json'), text);

it('refuses a second holder and names the first', async () => {
  await DirectoryLock.acquire(directory);
  await expect(DirectoryLock.acquire(directory)).rejects.toThrow(`is in use by process ${process.pid}`);
});

it('can be taken again after its release, and leaves no more than its last number', async () => {
  for (let round = 0; round < 3; round++) await (await DirectoryLock.acquire(directory)).release();
  expect(readdirSync(directory)).toEqual(['lock-3.json']);
});

it.each([
  ['whose process is gone', JSON.stringify({ pid: 2 ** 30, start: '1' })],
  ['whose number another process has by now', JSON.stringify({ pid: process.pid, start: 'earlier' })],
  ['that a power cut left empty', ''],
])('takes over the lock of a holder %s', async (_, text) => {
  leave(text);
  await expect(DirectoryLock.acquire(directory)).resolves.toBeInstanceOf(DirectoryLock);
  expect(readdirSync(directory)).toEqual(['lock-8.json']);
});

it('goes to exactly one of many who find a dead holder at once', async () => {
  leave(JSON.stringify({ pid: 2 ** 30, start: '1' }));
  for (let round = 0; round < 30; round++) {
    const tries = await Promise.allSettled(Array.from({ length: 8 }, () => DirectoryLock.acquire(directory)));
    const winners = tries.filter((result) => result.status === 'fulfilled');
    expect(winners).toHaveLength(1);
    await winners[0]?.value.release();
  }
});
