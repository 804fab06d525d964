import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const DIRECTORY = resolve(process.env['VECTORS_DIR'] ?? '../shared/vectors');

/**
 * The cases of a published vector file, or undefined where the folder is missing: then it says so, and under
 * CI=true that is a failure.
 */
export function readVectors(file: string): unknown {
  const path = join(DIRECTORY, file);
  if (existsSync(path)) return JSON.parse(readFileSync(path, 'utf8'));
  if (process.env['CI'] === 'true') throw new Error(`no vectors at VECTORS_DIR for ${file}`);
  process.stderr.write(`skipped: ${file} is not in VECTORS_DIR\n`);
  return undefined;
}

/** Bytes of a hex string. */
export function unhex(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'hex'));
}
