import { wipe } from '@phoenix/crypto';
import { type Outcome, refuse } from '@phoenix/wire';
import { GroupCipher } from '../domain/group-cipher.js';
import type { DsWorld } from './ds-world.js';

const EAR_KEY_LENGTH = 32;

/** A group, and the key that opens it. */
export interface GroupAccess {
  /** The group's UUID. */
  readonly groupId: Uint8Array;
  /** Wiped when the operation is over. */
  readonly earKey: Uint8Array;
}

/** Runs `work` on a group's sections; afterwards neither the EAR key nor a plaintext is left, whatever came of it. */
export async function underEarKey<T>(
  { crypto, domain }: DsWorld,
  { groupId, earKey }: GroupAccess,
  work: (cipher: GroupCipher) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  if (earKey.length !== EAR_KEY_LENGTH) {
    wipe(earKey);
    return refuse('BAD_REQUEST');
  }
  const cipher = new GroupCipher(crypto, { uuid: groupId, domain }, earKey);
  try {
    return await work(cipher);
  } finally {
    cipher.wipe();
  }
}
