import type { DequeuedEntry } from '../queue/queue-reader.js';
import { type Answer, AnswerError } from './answer.js';

const KINDS = new Map<string, DequeuedEntry['kind']>([
  ['MESSAGE', 'message'],
  ['UPDATE', 'update'],
  ['RESET', 'reset'],
]);

/** Queues begin below 2^40 and jump by 2^40: no seq that is counted up from there comes near the end of its type. */
const MAX_SEQ = (1n << 63n) - 1n;

/** What a selection of `{entries{seq kind body}}` answers, of a queue at the QS or the AS. */
export function readEntries(answer: Answer): DequeuedEntry[] {
  return answer.field('entries').list().map(entry);
}

function entry(answer: Answer): DequeuedEntry {
  const kind = KINDS.get(answer.field('kind').text());
  const seq = answer.field('seq').uint64();
  if (kind === undefined || seq >= MAX_SEQ) throw new AnswerError();
  return { seq, kind, body: answer.field('body').bytes() };
}
