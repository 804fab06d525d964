import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

const ROOT = process.cwd();
const FIXTURES = join(ROOT, 'test/architecture/fixtures');

interface Report {
  directory: string;
  broken: string[];
  edges: string[];
}

// eslint-disable-next-line @typescript-eslint/no-require-imports -- the rules are a CommonJS configuration file
const { forbidden } = require('../../.dependency-cruiser.cjs') as { forbidden: { name: string }[] };
const fixtures = readdirSync(FIXTURES);

/** One run of dependency-cruiser over the tree and every fixture, by the directory's name ('.' is the tree). */
const reports = new Map<string, Report>();
beforeAll(() => {
  const directories = [ROOT, ...fixtures.map((name) => join(FIXTURES, name))];
  const output = execFileSync(process.execPath, ['test/architecture/cruise.mjs', ...directories], {
    cwd: ROOT,
    maxBuffer: 1 << 28,
  });
  for (const report of JSON.parse(output.toString()) as Report[])
    reports.set(report.directory === ROOT ? '.' : basename(report.directory), report);
});

describe('the boundary rules', () => {
  it('have one bad fixture each, and no fixture without a rule', () => {
    expect([...fixtures].sort()).toEqual([...forbidden.map(({ name }) => name), 'healthy'].sort());
  });

  it.each(forbidden)('$name refuses its bad fixture', ({ name }) => {
    expect(reports.get(name)?.broken).toContain(name);
  });

  it('let a healthy house pass', () => {
    expect(reports.get('healthy')?.broken).toEqual([]);
  });
});

describe('the boundary check of this tree', () => {
  it('follows imports of other libs to their sources, never to what was built of them', () => {
    const edges = reports.get('.')?.edges ?? [];
    expect(edges).toContainEqual(expect.stringMatching(/^libs\/mls\/.* -> libs\/wire\/src\/index\.ts$/));
    expect(edges.filter((edge) => / -> libs\/[^/]+\/dist\//.test(edge))).toEqual([]);
  });

  it('sees packages that live in a folder named dist', () => {
    expect(reports.get('domain-is-plain')?.edges).toContainEqual(
      expect.stringMatching(/node_modules\/@nestjs\/graphql\/dist\//),
    );
  });
});
