import { constants, open, rename, unlink, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { VaultError } from '../ports/key-vault.js';

const PRIVATE = 0o600;

/** Makes a file that only its owner can read, durable when this returns; false when there is one already. */
export async function createPrivateFile(path: string, content: Uint8Array): Promise<boolean> {
  const handle = await open(path, 'wx', PRIVATE).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return undefined;
    throw error;
  });
  if (handle === undefined) return false;
  await writeDurably(handle, content);
  await syncDirectory(path);
  return true;
}

/** Reads a file that only its owner can read. @throws VaultError when others can. */
export async function readPrivateFile(path: string): Promise<Uint8Array> {
  const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    const { mode } = await handle.stat();
    if ((mode & 0o077) !== 0) throw new VaultError(`${path} can be read by others: its mode must be 0600`);
    return new Uint8Array(await handle.readFile());
  } finally {
    await handle.close();
  }
}

/** Replaces a file at once, and overwrites what it held before: a destroyed key is not to be found in a free block. */
export async function replacePrivateFile(path: string, content: Uint8Array): Promise<void> {
  const next = `${path}.next`;
  await unlink(next).catch(() => undefined);
  await createPrivateFile(next, content);
  const previous = await open(path, 'r+').catch(() => undefined);
  await rename(next, path);
  await syncDirectory(path);
  if (previous === undefined) return;
  const { size } = await previous.stat();
  await writeDurably(previous, new Uint8Array(size));
}

async function writeDurably(handle: FileHandle, content: Uint8Array): Promise<void> {
  try {
    await handle.write(content, 0, content.length, 0);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function syncDirectory(path: string): Promise<void> {
  const directory = await open(dirname(path), 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
