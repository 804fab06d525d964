import { struct } from '@phoenix/wire';
import { keyPair } from '../account/account.js';
import { recordKind } from '../store/record-kind.js';

/** An alias of ours: keys that sign for it and for nothing else. Kept before it is asked for, so that a lost answer costs nothing. */
export const ownAlias = struct({ keys: keyPair });

/** By alias, without the domain. */
export const ALIAS = recordKind('aliases/', ownAlias);
