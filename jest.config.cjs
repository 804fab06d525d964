/**
 * Jest runs CommonJS here: on Node 20 it cannot `require` ES modules, and in its own ES-module mode some CommonJS add-ons
 * of Nest fail. So our sources and every ES-module dependency are transformed by swc.
 */

/** Dependencies that ship ES modules (a trailing slash: the whole scope). */
const ES_MODULES = [
  '@apollo/',
  '@as-integrations/',
  '@borewit/',
  '@cloudflare/',
  '@graphql-tools/',
  '@hpke/',
  '@nestjs/',
  '@noble/',
  '@tokenizer/',
  '@whatwg-node/',
  'cookie/',
  'cross-inspect/',
  'es-toolkit/',
  'fast-check/',
  'file-type/',
  'graphql-ws/',
  'http-message-sig/',
  'nestjs-pino/',
  'set-cookie-parser/',
  'strtok3/',
  'structured-headers/',
  'token-types/',
  'ts-mls/',
  'uint8array-extras/',
  'zod/',
];

const swc = (parser) => [
  '@swc/jest',
  {
    swcrc: false,
    sourceMaps: 'inline',
    module: { type: 'commonjs' },
    jsc: {
      target: 'es2023',
      keepClassNames: true,
      parser,
      transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
    },
  },
];

/** The real lane repeats what talks to a database, on a server that is not ours. */
const REAL = process.env.PHOENIX_TEST_LANE === 'real';

/** @type {import('jest').Config} */
module.exports = {
  rootDir: __dirname,
  testEnvironment: 'node',
  testEnvironmentOptions: {
    customExportConditions: ['phoenix-src', 'node', 'node-addons', 'require', 'default'],
  },
  roots: ['<rootDir>/libs', '<rootDir>/apps', '<rootDir>/test'],
  testMatch: REAL
    ? ['**/*.int-spec.ts', '<rootDir>/test/**/*.spec.ts']
    : ['**/*.spec.ts', '**/*.int-spec.ts'],
  globalSetup: '<rootDir>/test/setup/global-setup.cjs',
  globalTeardown: '<rootDir>/test/setup/global-teardown.cjs',
  testPathIgnorePatterns: [
    '/node_modules/',
    '/dist/',
    '<rootDir>/test/architecture/fixtures/',
    // Minutes each, and about numbers of clients, not about databases: once is enough.
    ...(REAL ? ['<rootDir>/test/faults/crowded-epochs', '<rootDir>/test/e2e/group-thousand'] : []),
    ...(REAL ? ['<rootDir>/test/architecture/', '<rootDir>/libs/postgres/src/embedded/'] : []),
  ],
  modulePathIgnorePatterns: ['<rootDir>/(libs|apps)/[^/]+/dist/'],
  moduleFileExtensions: ['js', 'ts', 'mjs', 'cjs', 'json', 'node'],
  moduleNameMapper: {
    '^@phoenix/([a-z]+)$': '<rootDir>/libs/$1/src/index.ts',
    '^@phoenix/([a-z]+)/testing$': '<rootDir>/libs/$1/src/testing/index.ts',
    // Relative imports carry a `.js` suffix, as ES modules want it; the source beside them is TypeScript.
    '^(\\.{1,2}/.*)\\.js$': ['$1.js', '$1.ts'],
  },
  transform: {
    '\\.ts$': swc({ syntax: 'typescript', decorators: true }),
    '\\.m?js$': swc({ syntax: 'ecmascript' }),
  },
  // Hoisted (node_modules/x) and nested (node_modules/y/node_modules/x) copies alike.
  transformIgnorePatterns: [`/node_modules/(?!(?:.*/node_modules/)?(?:${ES_MODULES.join('|')}))`],
  maxWorkers: 2,
  testTimeout: 30_000,
};
