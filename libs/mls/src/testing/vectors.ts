import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where the published vectors lie: VECTORS_DIR, by default beside the project (tests run in its root). */
const FOLDER = join(process.env['VECTORS_DIR'] ?? join(process.cwd(), '../shared/vectors'), 'mls');

/**
 * Declares the tests of one published vector file. Where the folder is missing it says so in a test's name;
 * under CI that is a failure.
 */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- a caller names its file's shape once
export function describeVectors<T>(file: string, declare: (vectors: T[]) => void): void {
  const path = join(FOLDER, `${file}.json`);
  describe(`RFC 9420 vectors: ${file}`, () => {
    if (existsSync(path)) declare(JSON.parse(readFileSync(path, 'utf8')));
    else
      it('SKIPPED: the vectors are not there (set VECTORS_DIR)', () => {
        expect(process.env['CI']).not.toBe('true');
      });
  });
}

export function hex(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'hex'));
}

export function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
