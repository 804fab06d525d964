import type { Outcome } from '@phoenix/wire';
import { SERVICE_NAMES } from '../config/service-name.js';
import type { Holdings } from './holdings.js';
import { Ledger } from './ledger.js';
import { Person } from './person.js';
import { shown } from './seen-in-words.js';
import type { SeenRequest } from './seen-request.js';

/** Where the story is played: three people, what the services see of them, and the books. */
export class Stage {
  readonly ledger = new Ledger();
  readonly alice = this.#person('Alice');
  readonly bob = this.#person('Bob');
  readonly carol = this.#person('Carol');
  /** Refusals that had to come and did. */
  refused = 0;
  #seen: SeenRequest[] = [];
  #steps = 0;

  constructor(
    private readonly holdings: Holdings,
    private readonly print: (line: string) => void,
  ) {}

  get people(): readonly Person[] {
    return [this.alice, this.bob, this.carol];
  }

  /** Plays one step; then prints what each service saw of it and what its database holds now. */
  async step(title: string, play: () => Promise<void>): Promise<void> {
    this.#seen = [];
    this.print(`\n${++this.#steps}. ${title}`);
    await play();
    for (const name of SERVICE_NAMES) {
      const seen = shown(this.#seen.filter(({ service }) => service === name));
      this.print(`   ${name.toUpperCase()}  saw    ${seen}`);
      this.print(`       holds  ${await this.holdings.of(name)}`);
    }
  }

  /** A message that everyone of `readers` is to read. */
  async say(sender: Person, group: string, text: string, readers: readonly Person[]): Promise<void> {
    await sender.do('say', group, text);
    this.ledger.sent(
      text,
      readers.map(({ name }) => name),
    );
  }

  /** Everyone reads what has arrived, those included who should find nothing. */
  async readAll(): Promise<void> {
    await Promise.all(
      this.people.map(async (person) => this.ledger.read(person.name, await person.do('read'))),
    );
  }

  /** Counts a refusal that must come; throws when there is none. */
  mustRefuse(what: string, outcome: Outcome<unknown>): void {
    if (outcome.ok) throw new Error(`${what} was not refused`);
    this.refused++;
    const { code, rule } = outcome.refusal;
    this.print(`   refused, as it must be: ${what} (${code}${rule === undefined ? '' : `, ${rule}`})`);
  }

  /** A line of the step that is being played. */
  note(line: string): void {
    this.print(`   ${line}`);
  }

  async end(): Promise<void> {
    await Promise.all(this.people.map((person) => person.end()));
  }

  #person(name: string): Person {
    return new Person(name, (seen) => void this.#seen.push(...seen));
  }
}
