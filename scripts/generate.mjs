/**
 * Writes what is generated and checked in: the services' SDL, the graph of the libs' dependencies, the table of checks.
 * With `--check` it writes nothing and fails where a file differs from what it would write. Needs a built tree.
 */
import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const SCHEMAS = join(ROOT, 'apps/homeserver/schema');
const GRAPH = join(ROOT, 'docs/architecture/dependencies.md');
const VALIDATION = join(ROOT, 'docs/protocol/validation.md');
const MAX_OUTPUT = 64 * 1024 * 1024;

/** Folder of each project, in the order in which the graph lists them. */
const PROJECT = /^(libs|apps)\/([^/]+)\//;

/** The SDL of each service, from a whole homeserver that is started for it in a temporary directory. */
async function schemas() {
  const { FileKeyVault, nodeCrypto, SystemClock } = await import('../libs/crypto/dist/index.js');
  const { printServiceSchema } = await import('../libs/edge/dist/index.js');
  const { deriveConfig } = await import('../apps/homeserver/dist/config/config.js');
  const { openDatabases } = await import('../apps/homeserver/dist/databases.js');
  const { freePorts } = await import('../apps/homeserver/dist/demo/free-ports.js');
  const { Homeserver } = await import('../apps/homeserver/dist/homeserver.js');

  const dataDir = await mkdtemp(join(tmpdir(), 'phoenix-schema-'));
  await chmod(dataDir, 0o755);
  const config = deriveConfig({ DATA_DIR: dataDir });
  const databases = await openDatabases(config, () => undefined);
  const crypto = nodeCrypto();
  const vault = await FileKeyVault.open(join(dataDir, 'vault'), crypto);
  const context = { ...config, crypto, clock: new SystemClock(), log: () => undefined };
  const ports = await freePorts(config.services.length);
  const services = config.services.map(({ name }, index) => {
    const port = ports[index];
    return { name, port, authority: `localhost:${port}`, vault, databaseUrl: databases.urlOf(name) };
  });
  const homeserver = await Homeserver.start(context, services);
  const printed = services.map(({ name }) => [
    join(SCHEMAS, `${name}.graphql`),
    printServiceSchema(homeserver.container(name)),
  ]);
  await homeserver.stop();
  await databases.stop();
  await rm(dataDir, { recursive: true, force: true });
  return printed;
}

/** Which project imports which, by the files that dependency-cruiser finds; specs and test builders apart. */
async function projectEdges() {
  const bin = join(ROOT, 'node_modules/.bin/depcruise');
  const config = ['--config', '.dependency-cruiser.cjs', '--output-type', 'json'];
  const without = ['--exclude', String.raw`\.(int-)?spec\.ts$|/src/testing/|^(libs|apps)/[^/]+/dist/`];
  const { stdout } = await promisify(execFile)(bin, [...config, ...without, 'libs', 'apps'], {
    cwd: ROOT,
    maxBuffer: MAX_OUTPUT,
  }).catch((error) => error);
  const edges = new Set();
  for (const { source, dependencies } of JSON.parse(stdout).modules) {
    const from = PROJECT.exec(source)?.[2];
    for (const { resolved } of dependencies) {
      const to = PROJECT.exec(resolved)?.[2];
      if (from !== undefined && to !== undefined && from !== to) edges.add(`  ${from} --> ${to}`);
    }
  }
  return [...edges].sort();
}

async function graph() {
  const lines = [
    '# Who depends on whom',
    '',
    'Generated from the imports by `npm run generate`; tests and builders are left out. What may depend on what is in',
    '`.dependency-cruiser.cjs`: AS, QS and DS never reach one another.',
    '',
    '```mermaid',
    'graph TD',
    ...(await projectEdges()),
    '```',
    '',
  ];
  return [[GRAPH, lines.join('\n')]];
}

/** Every check by its id, as the libs that make it state it, with the spec that runs its two cases. */
async function validation() {
  const { RULES, UNCHECKABLE } = await import('../libs/mls/dist/index.js');
  const { AS_RULES } = await import('../libs/as/dist/index.js');
  const { QS_RULES } = await import('../libs/qs/dist/index.js');
  const { DS_RULES } = await import('../libs/ds/dist/index.js');
  const client = await import('../libs/client/dist/index.js');
  const clientRules = { ...client.CREDENTIAL_RULES, ...client.GROUP_RULES, ...client.CONNECTION_RULES };
  const lines = [
    '# Every check by its id',
    '',
    'Generated from the libs by `npm run generate`. A refusal that a rule is the reason for carries its id in `extensions.rule`;',
    'the spec beside it has two cases for it, one that keeps it and is accepted, and one that breaks it and is refused for that.',
    '`test/protocol/validation.spec.ts` reads this page and fails where a case is missing.',
    '',
    ...mlsTable(RULES, 'libs/mls/src/validation/rules.spec.ts'),
    ...table('Delivery service (`libs/ds`)', DS_RULES, 'libs/ds/src/domain/rules.spec.ts'),
    ...table('Queuing service (`libs/qs`)', QS_RULES, 'libs/qs/src/domain/rules.spec.ts'),
    ...table('Authentication service (`libs/as`)', AS_RULES, 'libs/as/src/domain/rules.spec.ts'),
    ...table('Clients (`libs/client`)', clientRules, 'libs/client/src/rules.spec.ts'),
    ...uncheckable(UNCHECKABLE),
  ];
  return [[VALIDATION, lines.join('\n')]];
}

function table(title, rules, spec) {
  const rows = Object.entries(rules).map(([id, demands]) => `| \`${id}\` | ${demands} | ${link(spec)} |`);
  return [`## ${title}`, '', '| id | demands | test |', '| --- | --- | --- |', ...rows, ''];
}

function mlsTable(rules, spec) {
  const rows = Object.entries(rules).map(
    ([id, { section, demands, withoutSecrets }]) =>
      `| \`${id}\` | ${section} | ${demands} | ${withoutSecrets === 'whole' ? 'yes' : 'its form'} | ${link(spec)} |`,
  );
  return [
    '## MLS, by server and client alike (`libs/mls`)',
    '',
    '| id | RFC 9420 | demands | checked without secrets | test |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
    '',
  ];
}

/** A file of ours, as the page links to it. */
function link(file) {
  return `[${file}](${relative(dirname(VALIDATION), join(ROOT, file))})`;
}

function uncheckable(rules) {
  const rows = Object.entries(rules).map(
    ([id, { section, demands, judges, instead }]) =>
      `| \`${id}\` | ${section} | ${demands} | ${judges} | ${instead} |`,
  );
  return [
    '## What no server without secrets can check',
    '',
    '| id | RFC 9420 | demands | who judges | what is checked here instead |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
    '',
    'Nor what is ours and encrypted for members: that an identity link, a wrapped key or an attribution opens, and whom it',
    'names (docs/protocol §3). Clients check these, by the rules above.',
    '',
  ];
}

const check = process.argv.includes('--check');
const stale = [];
for (const [path, text] of [...(await schemas()), ...(await graph()), ...(await validation())]) {
  const current = await readFile(path, 'utf8').catch(() => undefined);
  if (current === text) continue;
  stale.push(relative(ROOT, path));
  if (check) continue;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}
if (stale.length === 0) console.log('Generated files are up to date.');
else if (check)
  console.error(`Not as generated: ${stale.join(', ')}. Run npm run generate and commit the result.`);
else console.log(`Written: ${stale.join(', ')}.`);
process.exit(check && stale.length > 0 ? 1 : 0);
