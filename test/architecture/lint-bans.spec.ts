import { execFileSync } from 'node:child_process';

const SERVICE = 'libs/qs/src/service/bad.ts';
const TIME = /Time comes from the injected Clock/;
const RANDOM = /Randomness comes from the injected Random/;
const ENVIRONMENT = /Only apps\/homeserver\/src\/config\/env\.ts/;
const CONSOLE = /no-console/;
const BARREL = /barrel/;

const bad: [string, RegExp, string, string][] = [
  ['Date.now()', TIME, SERVICE, 'export const t = Date.now();'],
  ['new Date()', TIME, SERVICE, 'export const t = new Date();'],
  ['Date()', TIME, SERVICE, 'export const t = Date();'],
  ['performance.now()', TIME, SERVICE, 'export const t = performance.now();'],
  ['globalThis.performance.now()', TIME, SERVICE, 'export const t = globalThis.performance.now();'],
  ['performance of node:perf_hooks', TIME, SERVICE, "export { performance } from 'node:perf_hooks';"],
  ["Date['now']()", TIME, SERVICE, "export const t = Date['now']();"],
  ['process.hrtime', TIME, SERVICE, 'export const t = process.hrtime.bigint();'],
  ['Math.random()', RANDOM, SERVICE, 'export const r = Math.random();'],
  [
    'randomBytes of node:crypto',
    RANDOM,
    SERVICE,
    "import { randomBytes } from 'node:crypto';\nexport const r = randomBytes(1);",
  ],
  [
    'randomBytes of a namespace',
    RANDOM,
    SERVICE,
    "import * as c from 'node:crypto';\nexport const r = c.randomBytes(1);",
  ],
  ['randomBytes of noble', RANDOM, SERVICE, "export { randomBytes } from '@noble/hashes/utils.js';"],
  ['randomUUID', RANDOM, SERVICE, 'export const r = crypto.randomUUID();'],
  [
    'getRandomValues',
    RANDOM,
    SERVICE,
    'export const r = globalThis.crypto.getRandomValues(new Uint8Array(1));',
  ],
  ['time in a spec', TIME, 'libs/qs/src/service/bad.spec.ts', 'export const t = Date.now();'],
  ['randomness in the app', RANDOM, 'apps/homeserver/src/qs.app.ts', 'export const r = Math.random();'],
  ['process.env', ENVIRONMENT, SERVICE, 'export const e = process.env;'],
  [
    'process.env in the app',
    ENVIRONMENT,
    'apps/homeserver/src/main.ts',
    "export const e = process.env['X'];",
  ],
  ['process.env in libs/crypto', ENVIRONMENT, 'libs/crypto/src/vault.ts', 'export const e = process.env;'],
  ['env taken out of process', ENVIRONMENT, SERVICE, 'export const { env } = process;'],
  ['env of node:process', ENVIRONMENT, SERVICE, "export { env } from 'node:process';"],
  ['console in a lib', CONSOLE, SERVICE, "console.log('x');"],
  ['console in an app module', CONSOLE, 'apps/homeserver/src/qs.app.ts', "console.log('x');"],
  ['export *', BARREL, 'libs/qs/src/index.ts', "export * from './a.js';"],
  ['a deep import', BARREL, SERVICE, "export { x } from '@phoenix/wire/src/x.js';"],
  ['a relative import of a lib', /Write @phoenix/, SERVICE, "export { x } from '../../../wire/src/x.js';"],
  ['a builtin without node:', /Write node:fs/, SERVICE, "export { readFile } from 'fs';"],
  ['251 lines', /max-lines/, SERVICE, 'export {};\n'.repeat(251)],
];

const good: [string, string, string][] = [
  ['time in libs/crypto', 'libs/crypto/src/system-clock.ts', 'export const t = Date.now();'],
  [
    'randomness in libs/crypto',
    'libs/crypto/src/system-random.ts',
    "export { randomBytes } from 'node:crypto';",
  ],
  ['a date of a given time', SERVICE, 'export const t = new Date(0);'],
  ['the environment in its one file', 'apps/homeserver/src/config/env.ts', 'export const e = process.env;'],
  ['the environment in a test', 'test/e2e/a.spec.ts', 'export const e = process.env;'],
  ['console in main', 'apps/homeserver/src/main.ts', "console.log('x');"],
  ['console in the demo', 'apps/homeserver/src/demo/print.ts', "console.log('x');"],
  ['time in the bench', 'bench/send.ts', 'console.log(performance.now());'],
  ['time in a script', 'scripts/a.mjs', 'console.log(Date.now());'],
  ['testing builders of another lib', 'libs/qs/src/a.spec.ts', "export { x } from '@phoenix/wire/testing';"],
];

/** The messages of each text, linted as the file of its path. */
function lint(texts: { path: string; code: string }[]): string[][] {
  const output = execFileSync(process.execPath, ['test/architecture/lint-text.mjs'], {
    input: JSON.stringify(texts),
  });
  return JSON.parse(output.toString()) as string[][];
}

describe('the lint bans', () => {
  let messages: string[][] = [];
  beforeAll(() => {
    messages = lint([
      ...bad.map(([, , path, code]) => ({ path, code })),
      ...good.map(([, path, code]) => ({ path, code })),
    ]);
  });

  it.each(bad.map(([what, why], index) => ({ what, why, index })))('refuse $what', ({ why, index }) => {
    expect(messages[index]).toContainEqual(expect.stringMatching(why));
  });

  it.each(good.map(([what], index) => ({ what, index })))('let $what pass', ({ index }) => {
    expect(messages[bad.length + index]).toEqual([]);
  });
});
