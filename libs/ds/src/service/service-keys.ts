import { type KeyVault, type PhoenixCrypto, wipe } from '@phoenix/crypto';
import type { ServiceKeyStore } from '../ports/service-key-store.js';

const SIGNING = 'ds.signing';
const TICKET = 'ds.ticket';

/** Signs under the DS's own key: Ed25519, 64 bytes. */
type Sign = (message: Uint8Array) => Promise<Uint8Array>;

/** The DS's own keys: made at the first boot, one winner when two boot together. */
export class ServiceKeys {
  private constructor(
    /** What groups list in `external_senders`: 32 bytes, Ed25519. */
    readonly verifyingKey: Uint8Array,
    /** Signs what the DS proposes to groups; the private key stays in the vault. */
    readonly sign: Sign,
    /** Under which tickets for group ids are MACed. */
    readonly ticketKey: Uint8Array,
  ) {}

  static async open(store: ServiceKeyStore, vault: KeyVault, crypto: PhoenixCrypto): Promise<ServiceKeys> {
    const signing =
      (await store.load(SIGNING)) ?? (await store.keep(SIGNING, await vault.generateSigningKey(SIGNING)));
    const ticket =
      (await store.load(TICKET)) ?? (await store.keep(TICKET, await newTicketKey(vault, crypto)));
    if (signing.publicKey === undefined) throw new Error('the stored signing key lacks its public half');
    const sign: Sign = (message) => vault.sign(SIGNING, signing.wrapped, message);
    return new ServiceKeys(signing.publicKey, sign, await vault.unwrap(TICKET, ticket.wrapped));
  }
}

async function newTicketKey(vault: KeyVault, crypto: PhoenixCrypto) {
  const key = crypto.random.bytes(32);
  try {
    return { wrapped: await vault.wrap(TICKET, key), publicKey: undefined };
  } finally {
    wipe(key);
  }
}
