import type { Person } from './person.js';
import type { Stage } from './stage.js';
import type { ThrowawayHomeserver } from './throwaway-homeserver.js';

const MESSAGES_EACH = 10;
/** So much has been acknowledged when the server is killed. */
const KILLED_AFTER = 9;

/**
 * Everyone talks at the same time; with `killed`, that server is ended by `kill -9` on the way and started again. Senders try until
 * each message is acknowledged.
 */
export async function traffic(stage: Stage, group: string, killed?: ThrowawayHomeserver): Promise<void> {
  const { people } = stage;
  let acknowledged = 0;
  let crash: Promise<void> = Promise.resolve();
  const talk = async (person: Person): Promise<void> => {
    const readers = people.filter((reader) => reader !== person);
    for (let i = 1; i <= MESSAGES_EACH; i++) {
      await stage.say(person, group, `${person.name} says ${i} of ${MESSAGES_EACH}`, readers);
      if (++acknowledged === KILLED_AFTER && killed !== undefined) crash = restart(killed);
    }
  };
  await Promise.all(people.map(talk));
  await crash;
  await stage.readAll();
}

async function restart(homeserver: ThrowawayHomeserver): Promise<void> {
  await homeserver.kill();
  await homeserver.run();
}
