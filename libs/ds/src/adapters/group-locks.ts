interface Tail {
  /** When the last of the readers so far is done. */
  readers: Promise<unknown>;
  /** When the last of the writers so far is done. */
  writer: Promise<unknown>;
  /** Who is in or waits; with the last of them the group is forgotten. */
  users: number;
}

/** Locks by name that many readers or one writer hold, first come first served, within this process. */
export class GroupLocks {
  readonly #tails = new Map<string, Tail>();

  /** Runs `work` beside other readers, after the writers that came before. */
  shared<T>(name: string, work: () => Promise<T>): Promise<T> {
    return this.#enter(name, (tail) => {
      const turn = tail.writer.then(work);
      tail.readers = Promise.allSettled([tail.readers, turn]);
      return turn;
    });
  }

  /** Runs `work` alone, after all that came before. */
  exclusive<T>(name: string, work: () => Promise<T>): Promise<T> {
    return this.#enter(name, (tail) => {
      const turn = Promise.all([tail.writer, tail.readers]).then(work);
      tail.writer = Promise.allSettled([turn]);
      tail.readers = tail.writer;
      return turn;
    });
  }

  async #enter<T>(name: string, queue: (tail: Tail) => Promise<T>): Promise<T> {
    const idle = Promise.resolve();
    const tail = this.#tails.get(name) ?? { readers: idle, writer: idle, users: 0 };
    this.#tails.set(name, tail);
    tail.users++;
    try {
      return await queue(tail);
    } finally {
      if (--tail.users === 0) this.#tails.delete(name);
    }
  }
}
