import { join } from 'node:path';
import type { Stage } from './stage.js';
import type { ThrowawayHomeserver } from './throwaway-homeserver.js';
import { traffic } from './traffic.js';

/** The story of the demo; `crash` kills the server in the middle of it. Throws where something is refused that must not be. */
export async function playStory(stage: Stage, home: ThrowawayHomeserver, crash: boolean): Promise<void> {
  const { alice, bob, carol } = stage;
  await register(stage, home);
  await connect(stage, home);
  let group = '';
  await stage.step('Alice creates a group and adds Bob and Carol, who join from their queues', async () => {
    group = await alice.do('createGroup');
    await alice.do('add', group, [bob.userId, carol.userId]);
    await stage.readAll();
  });
  await stage.step('Everyone says something, everyone reads', async () => {
    await stage.say(alice, group, 'Welcome, both of you.', [bob, carol]);
    await stage.say(bob, group, 'Thanks! Who else can read this?', [alice, carol]);
    await stage.say(carol, group, 'Nobody. Not even the server.', [alice, bob]);
    await stage.readAll();
  });
  await stage.step('Bob, who is no admin, tries to remove Alice', async () => {
    stage.mustRefuse('Bob removing Alice', await bob.try('remove', group, [alice.userId]));
  });
  await stage.step('Bob replaces his keys and takes another pseudonym', async () => {
    await bob.do('renew', group);
    await stage.say(bob, group, 'Still me, under new keys.', [alice, carol]);
    await stage.readAll();
  });
  const title = crash ? 'All talk at once, and the server is killed in the middle' : 'All talk at once';
  await stage.step(title, () => traffic(stage, group, crash ? home : undefined));
  await stage.step('Alice removes Carol; she and Bob talk on', async () => {
    await alice.do('remove', group, [carol.userId]);
    await stage.say(alice, group, 'Now it is the two of us.', [bob]);
    await stage.say(bob, group, 'Just us.', [alice]);
    stage.mustRefuse('Carol talking on', await carol.try('say', group, 'I am still here!'));
    await stage.readAll();
  });
  await stage.step('A last look into all queues', () => stage.readAll());
}

async function register(stage: Stage, home: ThrowawayHomeserver): Promise<void> {
  const { people } = stage;
  await stage.step('Alice, Bob and Carol register and publish add packages', async () => {
    const { domain, services } = home;
    for (const person of people) {
      const stateFile = join(home.directory, `${person.name}.state`);
      person.userId = await person.do('register', { domain, services }, stateFile);
      await person.do('publish', 4);
    }
  });
}

/** Nobody knows anybody's user id: they are found by aliases, which lead to nobody but those who accept. */
async function connect(stage: Stage, home: ThrowawayHomeserver): Promise<void> {
  const { alice, bob, carol, people } = stage;
  await stage.step('Each takes an alias, with keys and packages of its own', async () => {
    for (const person of people) {
      const alias = `${person.name.toLowerCase()}.of.the.demo`;
      await person.do('takeAlias', alias);
      person.alias = `${alias}@${home.domain}`;
    }
  });
  await stage.step('Alice asks for Bob’s and Carol’s alias, Bob for Carol’s', async () => {
    for (const other of [bob, carol]) await alice.do('connect', other.alias);
    await bob.do('connect', carol.alias);
  });
  await stage.step('Bob and Carol look for offers and accept; all exchange keys', async () => {
    for (const person of [bob, carol])
      for (const user of await person.do('offers')) await person.do('accept', user);
    for (let round = 0; round < 2; round++) await stage.readAll();
  });
  await stage.step('Alice and Bob compare their safety number, past every server', async () => {
    const [one, other] = [
      await alice.do('safetyNumber', bob.userId),
      await bob.do('safetyNumber', alice.userId),
    ];
    if (one !== other) throw new Error('Alice and Bob see different safety numbers');
    stage.note(`both read ${one.match(/.{5}/g)!.join(' ')}`);
  });
}
