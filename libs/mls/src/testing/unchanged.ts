import { encode } from '@phoenix/wire';
import { type PublicMessage, publicMessageCodec } from '../codec/public-message.js';
import { encodePublicGroup } from '../group/snapshot.js';
import type { ScriptedGroup } from './scripted-group.js';

/** A check that throws once the group's state differs in a byte from what it is now. */
export function stateKeeper(scripted: ScriptedGroup): () => void {
  const { group } = scripted;
  const state = encodePublicGroup(group);
  return () => {
    if (scripted.group !== group || Buffer.compare(encodePublicGroup(group), state) !== 0)
      throw new Error('the state has changed');
  };
}

/** Whether two messages differ in nothing but the tags, which are outside of what is signed (RFC 9420 §6.1, §6.2). */
export function hasSameSignedParts(message: PublicMessage, original: PublicMessage): boolean {
  return Buffer.compare(signedParts(message), signedParts(original)) === 0;
}

function signedParts({ content, auth }: PublicMessage): Uint8Array {
  const { signature } = auth;
  const confirmationTag = auth.confirmationTag && new Uint8Array(0);
  return encode(publicMessageCodec, {
    content,
    auth: { signature, confirmationTag },
    membershipTag: undefined,
  });
}
