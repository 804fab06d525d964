/**
 * `npm run vectors`: the MLS working group's vectors, file by file: how many cases each holds, how many tests went over
 * them, and how many of those passed. Fails where one does not, or where a file has no test.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ROOT = join(import.meta.dirname, '..');
const FOLDER = join(resolve(process.env.VECTORS_DIR ?? join(ROOT, '../shared/vectors')), 'mls');
const TITLE = 'RFC 9420 vectors: ';

if (!existsSync(FOLDER)) {
  console.log(
    `SKIPPED: there are no vectors in ${FOLDER} (set VECTORS_DIR). With CI=true that is a failure.`,
  );
  process.exit(process.env.CI === 'true' ? 1 : 0);
}
const files = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
const tests = runTests();
console.log('file                              cases   tests  passed');
const bad = files.filter((name) => !report(name.slice(0, -'.json'.length)));
if (bad.length > 0) console.log(`\nNot held: ${bad.join(', ')}`);
process.exit(bad.length > 0 ? 1 : 0);

/** One line for a file; whether all of its tests passed, and there were some. */
function report(file) {
  const cases = JSON.parse(readFileSync(join(FOLDER, `${file}.json`), 'utf8')).length;
  const own = tests.filter(({ ancestorTitles }) => ancestorTitles.includes(TITLE + file));
  const passed = own.filter(({ status }) => status === 'passed').length;
  const column = (value) => String(value).padStart(8);
  console.log(`${file.padEnd(31)}${column(cases)}${column(own.length)}${column(passed)}`);
  return own.length > 0 && passed === own.length;
}

function runTests() {
  const scratch = mkdtempSync(join(tmpdir(), 'phoenix-vectors-'));
  const outputFile = join(scratch, 'result.json');
  const jest = [
    'node_modules/jest/bin/jest.js',
    'libs/mls',
    '-t',
    TITLE,
    '--json',
    `--outputFile=${outputFile}`,
  ];
  spawnSync(process.execPath, jest, { cwd: ROOT, stdio: ['inherit', 'ignore', 'ignore'] });
  const { testResults } = JSON.parse(readFileSync(outputFile, 'utf8'));
  rmSync(scratch, { recursive: true });
  return testResults.flatMap(({ assertionResults }) => assertionResults);
}
