import { opaque } from '@phoenix/wire';
import { recordKind } from '../store/record-kind.js';

/** Where we are in our queue: an encoded QueueReader. There is one. */
export const QUEUE = recordKind('queue', opaque());
