/**
 * `npm test`: everything that proves this repository, in order, stopping at the first thing that is wrong; then the tests,
 * on the embedded Postgres and, where Postgres is installed, once more on a real one; both on Redis as well, where that is
 * installed. With CI=true both lanes must run, and Redis be there.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

process.chdir(join(import.meta.dirname, '..'));
const scratch = mkdtempSync(join(tmpdir(), 'phoenix-npm-test-'));
// Interrupted, leave in order: what was started is stopped on exit.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));
const DATABASES = {
  embedded: 'the embedded Postgres',
  real: 'a real Postgres started by scripts/services.sh',
};
const total = { passed: 0, failed: 0, skipped: 0 };

check('The sources compile', 'node_modules/typescript/bin/tsc', '-b');
check('The tests compile', 'node_modules/typescript/bin/tsc', '-p', 'tsconfig.test.json');
check('Lint', 'node_modules/eslint/bin/eslint.js', '.');
check('Format', 'node_modules/prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.');
check(
  'Boundaries',
  'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
  ...['--config', '.dependency-cruiser.cjs', 'libs', 'apps'],
);
if (existsSync('scripts/generate.mjs'))
  check('Generated files are current', 'scripts/generate.mjs', '--check');

requireRedis();
const lanes = [runLane('embedded', {}), runRealLane()];
console.log(`\n${lanes.join('\n')}`);
finish(0);

/** Runs a script by this very Node, with its output shown. */
function node(args, env = {}) {
  return spawnSync(process.execPath, args, { stdio: 'inherit', env: { ...process.env, ...env } }).status ?? 1;
}

function check(what, ...command) {
  console.log(`\n# ${what}`);
  if (node(command) === 0) return;
  console.log(`\nStopped: "${what}" does not hold, see above. No test ran.`);
  total.failed += 1;
  finish(1);
}

/** Runs Jest in a lane and gives the sentence that sums it up; ends the process where a test fails. */
function runLane(lane, env) {
  console.log(`\n# Tests on the ${lane} Postgres`);
  const outputFile = join(scratch, `${lane}.json`);
  const jest = [
    'node_modules/jest/bin/jest.js',
    '--verbose',
    '--json',
    `--outputFile=${outputFile}`,
    '--passWithNoTests',
  ];
  // With --json the readable report goes to standard error, and a repetition of the file to standard output.
  const status =
    spawnSync(process.execPath, jest, {
      stdio: ['inherit', 'ignore', process.stdout.fd],
      env: { ...process.env, PHOENIX_TEST_LANE: lane, ...env },
    }).status ?? 1;
  const result = existsSync(outputFile) ? JSON.parse(readFileSync(outputFile, 'utf8')) : undefined;
  const broken = result?.numRuntimeErrorTestSuites ?? 1;
  total.passed += result?.numPassedTests ?? 0;
  total.failed += (result?.numFailedTests ?? 0) + broken;
  total.skipped += (result?.numPendingTests ?? 0) + (result?.numTodoTests ?? 0);
  if (status !== 0) {
    if (broken > 0) console.log(`\n${broken} test file(s) could not run, and count as failed.`);
    console.log(`\nStopped: the ${lane} lane failed, see above.`);
    finish(1);
  }
  return `The ${lane} lane ran: ${result.numPassedTests} tests on ${DATABASES[lane]}.`;
}

/** The second lane, on a server of scripts/services.sh, where its programs are. */
function runRealLane() {
  // Beside our own scratch directory, not in it: started by root, Postgres runs as a user who cannot pass there.
  const env = { ...process.env, PHOENIX_SERVICES_DIR: `${scratch}-services` };
  const services = (command) =>
    spawnSync('bash', ['scripts/services.sh', command], { env, encoding: 'utf8' });
  if (services('check').status !== 0) return withoutRealLane();
  const started = services('start');
  const url = /^export TEST_DATABASE_URL=(.+)$/m.exec(started.stdout)?.[1];
  const stopServices = () => services('stop');
  process.prependListener('exit', stopServices);
  const redis = /^export TEST_REDIS_URL=(.+)$/m.exec(started.stdout)?.[1];
  const urls = { TEST_DATABASE_URL: url, ...(redis && { TEST_REDIS_URL: redis }) };
  if (started.status === 0 && url) return runLane('real', urls);
  console.log(`\nStopped: scripts/services.sh could not start the real Postgres.\n${started.stderr}`);
  total.failed += 1;
  finish(1);
}

function requireRedis() {
  if (spawnSync('bash', ['scripts/services.sh', 'check', 'redis']).status === 0) return;
  const sentence =
    'Redis is NOT tried: no redis-server is installed here (Debian: apt-get install redis-server).';
  console.log(`\n${sentence}`);
  if (process.env.CI !== 'true') return;
  console.log('Stopped: with CI=true it must be there.');
  total.failed += 1;
  finish(1);
}

function withoutRealLane() {
  const sentence =
    'The real lane did NOT run: no Postgres is installed here (Debian: apt-get install postgresql).';
  if (process.env.CI !== 'true') return sentence;
  console.log(`\nStopped: ${sentence} With CI=true both lanes must run.`);
  total.failed += 1;
  finish(1);
}

function finish(status) {
  const { passed, failed, skipped } = total;
  console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  process.exit(status);
}
