/** Locks by name that many readers or one writer hold, first come first served. */
export class GroupLocks {
  readonly #tails = new Map<string, { readers: Promise<unknown>[]; writer: Promise<unknown> }>();

  /** Runs `work` beside other readers, after the writers that came before. */
  shared<T>(name: string, work: () => Promise<T>): Promise<T> {
    const tail = this.#tail(name);
    const turn = tail.writer.then(work);
    tail.readers.push(turn.catch(() => undefined));
    return turn;
  }

  /** Runs `work` alone, after all that came before. */
  exclusive<T>(name: string, work: () => Promise<T>): Promise<T> {
    const tail = this.#tail(name);
    const turn = Promise.all([tail.writer, ...tail.readers]).then(work);
    this.#tails.set(name, { readers: [], writer: turn.catch(() => undefined) });
    return turn;
  }

  #tail(name: string): { readers: Promise<unknown>[]; writer: Promise<unknown> } {
    const tail = this.#tails.get(name) ?? { readers: [], writer: Promise.resolve() };
    this.#tails.set(name, tail);
    return tail;
  }
}
