import { struct, u32, u64 } from '@phoenix/wire';
import { recordKind } from '../store/record-kind.js';

/** There once we have published add packages: how many of one use, and when they are to be replaced (UTC milliseconds). */
export const PUBLISHED = recordKind('published-packages', struct({ oneTime: u32, due: u64 }));
