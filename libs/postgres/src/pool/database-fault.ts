/** What a statement can fail with that callers act on; SQLSTATEs as in PostgreSQL's appendix A. */
export type FaultKind =
  'unique' | 'foreign-key' | 'check' | 'not-null' | 'serialization' | 'deadlock' | 'timeout' | 'other';

const KINDS: Readonly<Record<string, FaultKind>> = {
  '23505': 'unique',
  '23503': 'foreign-key',
  '23514': 'check',
  '23502': 'not-null',
  '40001': 'serialization',
  '40P01': 'deadlock',
  '57014': 'timeout',
  '55P03': 'timeout',
};

/**
 * Postgres refused a statement. Postgres's own message and detail quote values ("Key (id)=(...) already exists"), and
 * errors end in logs: so this one holds names of the schema and a code, and no cause.
 */
export class DatabaseFault extends Error {
  override readonly name = 'DatabaseFault';
  readonly kind: FaultKind;

  constructor(
    /** The SQLSTATE: five characters, class and condition. Logs name it. */
    readonly code: string,
    /** The violated constraint, or empty. */
    readonly constraint: string,
  ) {
    const kind = KINDS[code] ?? 'other';
    super(
      `Postgres refused a statement: ${kind} (SQLSTATE ${code})${constraint === '' ? '' : ` of ${constraint}`}`,
    );
    this.kind = kind;
  }
}

/** `error` without values where it is Postgres's, else `error` itself (a lost connection, a bug). */
export function withoutValues(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof DatabaseFault || !('severity' in error)) return error;
  const { code, constraint } = error as { code?: unknown; constraint?: unknown };
  if (typeof code !== 'string' || !/^[0-9A-Z]{5}$/.test(code)) return error;
  return new DatabaseFault(code, typeof constraint === 'string' ? constraint : '');
}

/** Whether `error` says that a row violates the unique constraint or index of that name (any, when left out). */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  const fault = withoutValues(error);
  if (!(fault instanceof DatabaseFault) || fault.kind !== 'unique') return false;
  return constraint === undefined || fault.constraint === constraint;
}
