/** Opens at the last of so many knocks. */
export class Gate {
  readonly opened: Promise<void>;
  #open: () => void = () => undefined;

  constructor(private knocks: number) {
    this.opened = new Promise((resolve) => (this.#open = resolve));
  }

  knock(): void {
    if (--this.knocks === 0) this.#open();
  }
}
