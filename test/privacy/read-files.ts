import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Place } from './audit.js';

/** What every cluster has from the start: nothing of ours is in it. */
const TEMPLATES = /\/base\/[14]\//;

/** Every file under a directory, a place each: `files.<path>`, the clusters' write-ahead logs and dead rows included. */
export async function readFiles(directory: string): Promise<Place[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const places: Place[] = [];
  for (const path of files.filter((path) => !TEMPLATES.test(path)))
    places.push({
      name: `files${path.slice(directory.length).replaceAll('/', '.')}`,
      bytes: await readFile(path),
    });
  return places;
}
