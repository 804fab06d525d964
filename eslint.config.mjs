import { builtinModules } from 'node:module';
import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';

/**
 * Type-aware lint, and the bans that keep tests in charge of time and randomness, the environment in one file and
 * standard output to the commands. test/architecture proves that every ban bites.
 */

const SPECS = ['**/*.spec.ts', '**/*.int-spec.ts', 'libs/*/src/testing/**', 'test/**'];
const SCRIPTS = ['scripts/**', 'bench/**', 'test/**/*.mjs', '*.config.{mjs,cjs}', '.dependency-cruiser.cjs'];
const TALKATIVE = [
  'apps/homeserver/src/main.ts',
  'apps/homeserver/src/cli/**',
  'apps/homeserver/src/demo/**',
];

const RANDOM = 'Randomness comes from the injected Random port (libs/crypto).';
const TIME = 'Time comes from the injected Clock port (libs/crypto).';
const ENVIRONMENT = 'Only apps/homeserver/src/config/env.ts reads the environment.';
const DRAWING = 'randomBytes|randomUUID|randomInt|randomFill|randomFillSync|getRandomValues';

/** `object.member` and `object['member']`, of the global itself or by way of `globalThis`. */
const member = (object, members, message) => ({
  selector:
    `MemberExpression:matches([property.name=/^(${members})$/], [property.value=/^(${members})$/])` +
    (object === '*' ? '' : `:matches([object.name="${object}"], [object.property.name="${object}"])`),
  message,
});

const timeAndRandomness = [
  member('*', DRAWING, RANDOM),
  member('Math', 'random', RANDOM),
  member('Date', 'now', TIME),
  member('performance', 'now|timeOrigin', TIME),
  member('process', 'hrtime|uptime', TIME),
  { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: TIME },
  { selector: 'CallExpression[callee.name="Date"]', message: TIME },
];
const environment = [
  member('process', 'env', ENVIRONMENT),
  {
    selector: 'VariableDeclarator[init.name="process"] > ObjectPattern > Property[key.name="env"]',
    message: ENVIRONMENT,
  },
];
const barrels = [{ selector: 'ExportAllDeclaration', message: 'A barrel names what it exports.' }];

const importBans = (...paths) => [
  'error',
  {
    paths: [
      ...paths,
      ...builtinModules.map((name) => ({
        name,
        message: `Write node:${name}, so that no package can stand in.`,
      })),
    ],
    patterns: [
      { regex: '^@phoenix/[^/]+/(?!(testing|node)$)', message: 'Another lib is entered by its barrel.' },
      {
        regex: '^(\\.\\./)+(libs/)?(wire|mls|crypto|edge|jobs|postgres|as|qs|ds|client)/src/',
        message: 'Write @phoenix/<lib>.',
      },
    ],
  },
];
const drawingImports = [
  { name: 'node:crypto', importNames: [...DRAWING.split('|'), 'webcrypto'], message: RANDOM },
  { name: '@noble/hashes/utils.js', importNames: ['randomBytes'], message: RANDOM },
  { name: 'node:perf_hooks', importNames: ['performance'], message: TIME },
];
const environmentImports = [{ name: 'node:process', importNames: ['env', 'default'], message: ENVIRONMENT }];

export default tseslint.config(
  {
    ignores: ['**/dist/', '**/node_modules/', 'data/', 'coverage/', 'test/architecture/fixtures/'],
  },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { project: './tsconfig.test.json', tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      eqeqeq: 'error',
      'max-lines': ['error', 250],
      'no-console': 'error',
      'no-restricted-imports': importBans(...drawingImports, ...environmentImports),
      'no-restricted-syntax': ['error', ...timeAndRandomness, ...environment, ...barrels],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
      // Nest's GraphQL object types are classes that plain objects fit.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      // With noUncheckedIndexedAccess, `bytes[i]!` inside a bounded loop is the honest form.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // Ports are asynchronous where their adapters may be; a memory adapter has nothing to await.
      '@typescript-eslint/require-await': 'off',
    },
  },
  {
    files: ['libs/crypto/**/*.ts'],
    rules: {
      'no-restricted-imports': importBans(...environmentImports),
      'no-restricted-syntax': ['error', ...environment, ...barrels],
    },
  },
  {
    files: ['apps/homeserver/src/config/env.ts'],
    rules: {
      'no-restricted-imports': importBans(...drawingImports),
      'no-restricted-syntax': ['error', ...timeAndRandomness, ...barrels],
    },
  },
  { files: TALKATIVE, rules: { 'no-console': 'off' } },
  {
    files: SPECS,
    rules: {
      'no-restricted-imports': importBans(...drawingImports),
      'no-restricted-syntax': ['error', ...timeAndRandomness, ...barrels],
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    files: ['libs/crypto/**/*.spec.ts', 'libs/crypto/src/testing/**'],
    rules: {
      'no-restricted-imports': importBans(),
      'no-restricted-syntax': ['error', ...barrels],
    },
  },
  { files: ['**/migrations/**', '**/*.vectors.ts'], rules: { 'max-lines': 'off' } },
  {
    files: SCRIPTS,
    rules: {
      'no-console': 'off',
      'no-restricted-imports': importBans(),
      'no-restricted-syntax': ['error', ...barrels],
    },
  },
  {
    files: ['**/*.{js,mjs,cjs}'],
    languageOptions: {
      globals: Object.fromEntries(
        [
          'process',
          'console',
          'URL',
          'Buffer',
          'Response',
          'fetch',
          'performance',
          'setTimeout',
          'clearTimeout',
          'setInterval',
          'clearInterval',
          'AbortSignal',
          'AbortController',
          'TextDecoder',
          'TextEncoder',
          'structuredClone',
          'setImmediate',
        ].map((name) => [name, 'readonly']),
      ),
    },
  },
  {
    files: ['**/*.cjs'],
    languageOptions: { globals: { module: 'writable', require: 'readonly', __dirname: 'readonly' } },
  },
  prettier,
);
