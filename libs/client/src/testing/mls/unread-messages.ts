import { utf8 } from '@phoenix/wire';
import type { MlsGroup } from '../../mls/mls-group.js';

/** Messages on their way, read in the opposite order, each once. For tests. */
export class UnreadMessages {
  private readonly waiting = new Map<MlsGroup, { message: Uint8Array; words: string }[]>();
  read = 0;

  async send(sender: MlsGroup, members: readonly MlsGroup[], words: string): Promise<void> {
    const message = await sender.encrypt(utf8(words), new Uint8Array());
    for (const group of members)
      if (group !== sender) this.waiting.set(group, [...(this.waiting.get(group) ?? []), { message, words }]);
  }

  async readAll(): Promise<void> {
    for (const [group, messages] of this.waiting)
      for (const { message, words } of messages.splice(0).reverse()) {
        expect(await group.decrypt(message)).toMatchObject({ kind: 'message', content: utf8(words) });
        expect(await group.decrypt(message)).toEqual({ kind: 'repeated' });
        this.read++;
      }
  }

  move(from: MlsGroup, to: MlsGroup): void {
    this.waiting.set(to, this.waiting.get(from) ?? []);
    this.drop(from);
  }

  drop(group: MlsGroup): void {
    this.waiting.delete(group);
  }
}
