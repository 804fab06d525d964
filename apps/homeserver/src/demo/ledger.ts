/** Who should have read what, and who has. */
export class Ledger {
  readonly #expected = new Map<string, readonly string[]>();
  readonly #read = new Map<string, string[]>();

  /** A message that was accepted, and the names of those it is for. */
  sent(text: string, readers: readonly string[]): void {
    this.#expected.set(text, readers);
  }

  read(reader: string, texts: readonly string[]): void {
    for (const text of texts) this.#read.set(text, [...(this.#read.get(text) ?? []), reader]);
  }

  get sentCount(): number {
    return this.#expected.size;
  }

  /** Pairs of a message and someone who has read it. */
  get deliveredCount(): number {
    return [...this.#read.values()].reduce((sum, readers) => sum + readers.length, 0);
  }

  /** How many of its messages someone was to read, and how often someone read one. */
  countsOf(reader: string): { readonly due: number; readonly read: number } {
    const timesIn = (all: Iterable<readonly string[]>) =>
      [...all].flat().filter((name) => name === reader).length;
    return { due: timesIn(this.#expected.values()), read: timesIn(this.#read.values()) };
  }

  /** What is wrong, in sentences: nothing, when every message was read once by each of those who should and by nobody else. */
  discrepancies(): string[] {
    const texts = new Set([...this.#expected.keys(), ...this.#read.keys()]);
    return [...texts].flatMap((text) => {
      const due = [...(this.#expected.get(text) ?? [])].sort().join(', ');
      const read = [...(this.#read.get(text) ?? [])].sort().join(', ');
      return due === read
        ? []
        : [`"${text}" was for ${due || 'nobody'} and was read by ${read || 'nobody'}.`];
    });
  }
}
