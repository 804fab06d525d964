/**
 * Cruises each directory named as an argument with the project's rules, as if it were the repository's root, and prints
 * `[{ directory, broken: [rule], edges: ["a.ts -> b.ts"] }]`. A process of its own: Jest cannot load dependency-cruiser.
 */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { cruise } from 'dependency-cruiser';
import extractDepcruiseConfig from 'dependency-cruiser/config-utl/extract-depcruise-config';

const config = await extractDepcruiseConfig(resolve('.dependency-cruiser.cjs'));
const { forbidden, options } = config;
const { enhancedResolveOptions, ...cruiseOptions } = options;

async function look(directory) {
  process.chdir(directory);
  const folders = ['libs', 'apps'].filter((folder) => existsSync(folder));
  const { output } = await cruise(
    folders,
    { ...cruiseOptions, ruleSet: { forbidden }, validate: true, baseDir: directory },
    { ...enhancedResolveOptions, bustTheCache: true },
  );
  return {
    directory,
    broken: [...new Set(output.summary.violations.map(({ rule }) => rule.name))],
    edges: output.modules.flatMap(({ source, dependencies }) =>
      dependencies.map(({ resolved }) => `${source} -> ${resolved}`),
    ),
  };
}

const directories = process.argv.slice(2).map((path) => resolve(path));
const reports = [];
for (const directory of directories) reports.push(await look(directory));
process.stdout.write(JSON.stringify(reports));
