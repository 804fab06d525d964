import type { PhoenixCrypto } from '@phoenix/crypto';
import { drawInvitation, hashInvitation } from '../domain/invitation.js';
import type { RegistrationStore } from '../ports/registration-store.js';

/** Letters of a code's mark: enough to tell an operator's codes apart, too few to be of use. */
const MARK = 10;

/** An invitation as it is handed out: only now is the code known. */
export interface MadeInvitation {
  readonly code: string;
  /** What it is listed by. */
  readonly mark: string;
}

/** Makes and lists invitation codes, for the operator. The AS keeps their hashes alone. */
export class Invitations {
  constructor(
    private readonly store: RegistrationStore,
    private readonly crypto: PhoenixCrypto,
  ) {}

  /** Makes codes that are valid from now on, each for one registration. */
  async make(count: number): Promise<MadeInvitation[]> {
    const made = Array.from({ length: count }, () => {
      const code = drawInvitation(this.crypto);
      const hash = hashInvitation(this.crypto, code);
      if (hash === undefined) throw new Error('a drawn code is no code');
      return { code, hash };
    });
    await this.store.invite(made.map(({ hash }) => hash));
    return made.map(({ code, hash }) => ({ code, mark: markOf(hash) }));
  }

  /** The marks of the codes that are not spent. */
  async unspent(): Promise<string[]> {
    return (await this.store.invitations()).map(markOf);
  }
}

function markOf(hash: Uint8Array): string {
  return Buffer.from(hash).toString('hex').slice(0, MARK);
}
