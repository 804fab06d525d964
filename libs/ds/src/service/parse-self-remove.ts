import { mlsMessageCodec } from '@phoenix/mls';
import { done, type Outcome, refuse } from '@phoenix/wire';
import type { SelfRemove } from '../domain/judge-self-remove.js';
import { read } from '../domain/read.js';
import type { GroupAccess } from './under-ear-key.js';

/** A proposal as it comes in. */
export interface SelfRemoveInput extends GroupAccess {
  /** MLSMessage with a PublicMessage. */
  readonly proposal: Uint8Array;
}

/** The proposal, well-formed and nothing more. */
export function parseSelfRemove({ proposal: bytes }: SelfRemoveInput, leaf: number): Outcome<SelfRemove> {
  const message = read(mlsMessageCodec, bytes);
  if (message === undefined) return refuse('BAD_REQUEST');
  if (message.type !== 'publicMessage' || message.publicMessage.content.body.type !== 'proposal')
    return refuse('INVALID_MESSAGE', { rule: 'mls.6-content-type' });
  const { publicMessage } = message;
  return done({ bytes, message: publicMessage, proposal: message.publicMessage.content.body.proposal, leaf });
}
