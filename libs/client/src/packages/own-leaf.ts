import { type CodecValue, fixed, struct } from '@phoenix/wire';
import { keyPair } from '../account/account.js';

/** A leaf of ours: pseudonym, signature keys and link key, all drawn for this one group or package. */
export const ownLeaf = struct({ pseudonym: fixed(32), signatureKeys: keyPair, linkKey: fixed(32) });
export type OwnLeaf = CodecValue<typeof ownLeaf>;
