import type { Stage } from './stage.js';

/** What the demo came to, as its last line with `--json` says it. */
export interface DemoResult {
  readonly ok: boolean;
  /** Messages that were acknowledged. */
  readonly sent: number;
  /** Messages times readers. */
  readonly delivered: number;
  /** Refusals that had to come and did. */
  readonly refused: number;
  readonly seconds: number;
}

/** The closing table and the result; `failure` is what ended the story early. */
export function summary(
  { ledger, people, refused }: Stage,
  failure: string | undefined,
  seconds: number,
): { readonly lines: readonly string[]; readonly result: DemoResult } {
  const wrong = [...(failure === undefined ? [] : [failure]), ...ledger.discrepancies()];
  const rows = people.map(({ name }) => {
    const { due, read } = ledger.countsOf(name);
    return `   ${name.padEnd(8)}${String(due).padStart(12)}${String(read).padStart(10)}`;
  });
  const verdict =
    wrong.length === 0
      ? 'Every message was read once by each of those it was for, and by nobody else.'
      : `Something is wrong:\n${wrong.map((sentence) => `   ${sentence}`).join('\n')}`;
  const lines = ['', '   reader    to be read      read', ...rows, '', verdict];
  const { sentCount: sent, deliveredCount: delivered } = ledger;
  return { lines, result: { ok: wrong.length === 0, sent, delivered, refused, seconds } };
}
