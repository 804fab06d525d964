import { SystemClock } from '@phoenix/crypto';
import { readSettings } from '../config/env.js';
import { demoOptions } from './demo-options.js';
import { Holdings } from './holdings.js';
import { Stage } from './stage.js';
import { playStory } from './story.js';
import { summary } from './summary.js';
import { ThrowawayHomeserver } from './throwaway-homeserver.js';

/** Ctrl-C ends the story; the homeserver and its data are removed all the same. */
const interrupted = new Promise<never>((_, reject) => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => reject(new Error('interrupted')));
});
interrupted.catch(() => undefined);

const print = (line: string): void => console.log(line);

/** Plays the story on a stage of its own and clears it away; undefined when all went well, else what ended it early. */
async function play(home: ThrowawayHomeserver, stage: Stage, crash: boolean): Promise<string | undefined> {
  try {
    await Promise.race([playStory(stage, home, crash), interrupted]);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    await stage.end();
  }
}

/** The exit code is 0 only if every message was read by exactly those who should. */
async function main(): Promise<number> {
  const options = demoOptions(process.argv.slice(2));
  if (options === undefined) {
    console.error('usage: npm run demo -- [--json] [--crash]');
    return 2;
  }
  const clock = new SystemClock();
  const started = clock.now();
  const home = await ThrowawayHomeserver.start(readSettings());
  try {
    const holdings = await Holdings.open((name) => home.databaseUrl(name));
    const stage = new Stage(holdings, print);
    const failure = await play(home, stage, options.crash).finally(() => holdings.close());
    const { lines, result } = summary(stage, failure, (clock.now() - started) / 1000);
    lines.forEach(print);
    if (options.json) print(JSON.stringify(result));
    return result.ok ? 0 : 1;
  } finally {
    await home.remove();
  }
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : 'The demo could not start.');
    process.exit(1);
  },
);
