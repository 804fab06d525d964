/**
 * Which way the house's dependencies run. Every rule here has a deliberately bad fixture of its own in
 * test/architecture/fixtures, and a test that fails when the rule does not bite.
 */

const SPECS = '\\.(int-)?spec\\.ts$';
const TESTING = '^libs/[^/]+/src/testing/';
const NEST = '(^|/)node_modules/@nestjs/';
const SQL = '(^|/)node_modules/(typeorm|pg|pg-[a-z-]+|@nestjs/typeorm)/';
const GRAPHQL =
  '(^|/)node_modules/(graphql|graphql-[a-z-]+|@apollo|@as-integrations|@nestjs/(graphql|apollo))/';
const BUILTINS = `^(node:)?(${require('node:module').builtinModules.join('|')})$`;
/** What `@phoenix/client/node` has and the main entrance has not. */
const CLIENT_ON_NODE =
  '^libs/client/src/(node|mls/node-(provider/.+|mls-engine)|store/file-client-store)\\.ts$';
const QUEUES = '(^|/)node_modules/(bullmq|ioredis)/';
const FRAMEWORKS = [NEST, SQL, GRAPHQL];

const forbid = (name, comment, from, to) => ({ name, severity: 'error', comment, from, to });

/** A service never reaches another, directly or by way of anything: what one learns, the others must not. */
const servicesApart = ['as', 'qs', 'ds'].map((service) => {
  const others = ['as', 'qs', 'ds'].filter((other) => other !== service).join('|');
  return forbid(
    `${service}-knows-no-other-service`,
    `libs/${service} must not reach another service, not even by way of something else.`,
    { path: `^libs/${service}/` },
    { path: `^libs/(${others})/`, reachable: true },
  );
});

/** In the app a file knows the one service that its path names (`as.app.ts`); two meet in connectors only. */
const appKnowsOneService = ['as', 'qs', 'ds'].map((service) =>
  forbid(
    `app-names-${service}`,
    `Outside connectors, only a file or folder named ${service} may import @phoenix/${service}.`,
    { path: '^apps/', pathNot: ['^apps/homeserver/src/connectors/', `/${service}[./-]`, SPECS] },
    { path: `^libs/${service}/` },
  ),
);

/** Inside a service: graphql -> service -> domain + ports; adapters -> ports + domain. */
const LAYERS = {
  domain: 'domain',
  ports: 'ports|domain',
  service: 'service|ports|domain',
  adapters: 'adapters|ports|domain',
  graphql: 'graphql|service|ports|domain',
  workers: 'workers|service|ports|domain',
};
const layers = Object.entries(LAYERS).map(([layer, allowed]) =>
  forbid(
    `layer-${layer}`,
    `${layer} may look at ${allowed.replaceAll('|', ', ')} of its own lib and at nothing else there.`,
    { path: `^libs/(as|qs|ds)/src/${layer}/`, pathNot: SPECS },
    { path: '^libs/$1/src/', pathNot: `^libs/$1/src/(${allowed})/` },
  ),
);

const pure = [
  forbid(
    'wire-is-pure',
    'libs/wire runs anywhere: it imports nothing, no package and no builtin of Node.',
    { path: '^libs/wire/src/', pathNot: [SPECS, TESTING] },
    { pathNot: '^libs/wire/' },
  ),
  forbid(
    'mls-is-pure',
    'libs/mls runs in browsers: it imports libs/wire and nothing else.',
    { path: '^libs/mls/src/', pathNot: [SPECS, TESTING] },
    { pathNot: '^libs/(mls|wire)/' },
  ),
  forbid(
    'crypto-knows-no-framework',
    'libs/crypto is used by clients and servers alike: no Nest, SQL or GraphQL.',
    { path: '^libs/crypto/' },
    { path: FRAMEWORKS },
  ),
  forbid(
    'queue-is-pure',
    'libs/queue is the mechanism of queues and nothing of their storage: it imports libs/crypto and libs/wire.',
    { path: '^libs/queue/src/', pathNot: [SPECS, TESTING] },
    { pathNot: '^libs/(queue|crypto|wire)/' },
  ),
  forbid(
    'postgres-knows-no-framework',
    'libs/postgres talks to Postgres by pg: no Nest, no GraphQL, and TypeORM only where DataSources are opened.',
    { path: '^libs/postgres/', pathNot: '^libs/postgres/src/typeorm/' },
    { path: [NEST, GRAPHQL, '(^|/)node_modules/typeorm/'] },
  ),
  forbid(
    'domain-is-plain',
    'Domain and ports are plain TypeScript: no Nest, SQL or GraphQL, and nothing that brings them.',
    { path: '^libs/(as|qs|ds)/src/(domain|ports)/', pathNot: SPECS },
    { path: [...FRAMEWORKS, '^libs/(edge|jobs|postgres)/'] },
  ),
];

const sides = [
  forbid(
    'client-knows-no-server',
    'The client library works against the services by GraphQL over HTTP, never by their code.',
    { path: '^libs/client/' },
    { path: ['^libs/(as|qs|ds|edge|jobs|postgres)/', NEST, SQL] },
  ),
  forbid(
    'client-runs-in-browsers',
    'Only what /node brings may load a builtin of Node, or libs/crypto, whose values do; its types are for everyone.',
    { path: '^libs/client/src/', pathNot: [SPECS, TESTING, CLIENT_ON_NODE] },
    { path: ['^libs/crypto/', BUILTINS, CLIENT_ON_NODE], dependencyTypesNot: ['type-only'] },
  ),
  forbid(
    'ts-mls-is-sealed',
    'ts-mls stays behind the MlsEngine interface in libs/client/src/mls.',
    { path: '^(libs|apps)/', pathNot: ['^libs/client/src/mls/', SPECS, TESTING] },
    { path: '(^|/)node_modules/ts-mls/' },
  ),
  forbid(
    'bullmq-is-sealed',
    'Job queues stay behind libs/jobs, which sees to it that they hold names and times and nothing else.',
    { path: '^(libs|apps)/', pathNot: '^libs/jobs/' },
    { path: QUEUES },
  ),
  forbid(
    'foundations-know-no-service',
    'What the services stand on must not know them, nor the client.',
    { path: '^libs/(wire|mls|crypto|edge|jobs|postgres|queue)/' },
    { path: '^libs/(as|qs|ds|client)/' },
  ),
  forbid('libs-know-no-app', 'Apps see libs, never the other way.', { path: '^libs/' }, { path: '^apps/' }),
];

const habits = [
  forbid(
    'barrels-only',
    'Another lib is entered by its barrel: @phoenix/<lib>, its /testing, or the /node of what browsers use too.',
    { path: '^(libs|apps)/([^/]+)/' },
    { path: '^libs/[^/]+/', pathNot: ['^$1/$2/', '^libs/[^/]+/src/((testing/)?index|node)\\.ts$'] },
  ),
  forbid(
    'no-test-code-in-production',
    'Builders, conformance suites and specs are for tests.',
    { path: '^(libs|apps)/', pathNot: [SPECS, '/src/testing/'] },
    { path: [SPECS, '/src/testing/'] },
  ),
  forbid(
    'no-cycles',
    'Two files that need each other are one, or miss a third. Cycles of types alone do not run.',
    { path: '^(libs|apps)/' },
    { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
  ),
  forbid('no-unresolvable', 'What cannot be resolved cannot be checked.', {}, { couldNotResolve: true }),
];

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [...servicesApart, ...appKnowsOneService, ...layers, ...pure, ...sides, ...habits],
  options: {
    doNotFollow: { path: 'node_modules' },
    // Anchored: an unanchored `dist/` would hide @nestjs/graphql, which lives in a folder of that name.
    exclude: { path: '^(libs|apps)/[^/]+/dist/' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      conditionNames: ['phoenix-src', 'import', 'require', 'node', 'default', 'types'],
      exportsFields: ['exports'],
      extensions: ['.ts', '.js', '.mjs', '.cjs', '.json', '.d.ts'],
    },
  },
};
