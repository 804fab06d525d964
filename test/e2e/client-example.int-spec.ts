import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startHomeserver } from '../harness/index.js';
import { sayHello } from './client-example.js';
import { news, person, value } from './people.js';

describe("the worked example of the client's README", () => {
  it('is the one that is compiled and run here', async () => {
    const readme = await readFile(join(__dirname, '../../libs/client/README.md'), 'utf8');
    const example = await readFile(join(__dirname, 'client-example.ts'), 'utf8');
    expect(readme).toContain(`\`\`\`ts\n${example}\`\`\``);
  });

  it('says hello', async () => {
    const home = await startHomeserver();
    const directory = await mkdtemp(join(tmpdir(), 'example-'));
    const friend = await person(home);
    const { domain, as, qs, ds } = home;
    const card = value(await friend.contactCard());
    await sayHello({ domain, services: { as, qs, ds } }, join(directory, 'state'), 'a password', card);
    expect((await news(friend)).map(({ kind }) => kind)).toEqual(['joined', 'message']);
    await home.stop();
    await rm(directory, { recursive: true });
  });
});
