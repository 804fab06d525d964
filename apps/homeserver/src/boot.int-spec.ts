import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { boot } from './boot.js';
import { deriveConfig } from './config/config.js';
import { StartupRefusal } from './config/startup-refusal.js';

const start = (dataDir: string) =>
  boot(
    deriveConfig({ DATA_DIR: dataDir, SERVICES: 'as' }),
    () => undefined,
    () => undefined,
  );

describe('a data directory', () => {
  it('is refused in one sentence where it is a file', async () => {
    const scratch = await mkdtemp(join(tmpdir(), 'phoenix-boot-'));
    const file = join(scratch, 'file');
    await writeFile(file, '');
    await expect(start(file)).rejects.toThrow(
      new StartupRefusal(`DATA_DIR ${file} is no directory and cannot be made one (EEXIST).`),
    );
    await rm(scratch, { recursive: true });
  });

  it('is refused in one sentence where nothing can be written', async () => {
    // Read-only for everybody, root included.
    await expect(start('/proc/self')).rejects.toThrow(
      /^DATA_DIR \/proc\/self cannot be written to by this user \(E[A-Z]+\)\.$/,
    );
  });
});
