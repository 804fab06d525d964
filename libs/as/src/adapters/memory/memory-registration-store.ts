import { type ClientId, formatClientId, formatUserId } from '@phoenix/wire';
import { RegistrationStore } from '../../ports/registration-store.js';

/** A RegistrationStore for tests: forgets with the process. */
export class MemoryRegistrationStore extends RegistrationStore {
  /** A user in the making is there as soon as its transaction starts, as a row lock would have it. */
  private readonly users = new Map<string, Promise<void>>();
  private readonly credentials = new Map<string, Uint8Array>();

  override async register(
    client: ClientId,
    sign: () => Promise<Uint8Array>,
  ): Promise<Uint8Array | undefined> {
    const user = formatUserId(client.user);
    for (let making = this.users.get(user); making !== undefined; making = this.users.get(user)) {
      const made = await making.then(
        () => true,
        () => false,
      );
      if (made) return this.credentials.get(formatClientId(client));
    }
    const making = this.make(client, sign);
    this.users.set(user, making);
    try {
      await making;
    } catch (error) {
      this.users.delete(user);
      throw error;
    }
    return this.credentials.get(formatClientId(client));
  }

  private async make(client: ClientId, sign: () => Promise<Uint8Array>): Promise<void> {
    this.credentials.set(formatClientId(client), await sign());
  }
}
