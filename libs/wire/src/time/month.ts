/** The start of the month that holds `ms`, moved by `offset` months, in UTC milliseconds. */
export function startOfMonth(ms: number, offset = 0): number {
  const date = new Date(ms);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + offset, 1);
}

/** Months since January 1970: the only time a store keeps (docs/protocol §10). */
export function monthNumber(ms: number): number {
  const date = new Date(ms);
  return (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth();
}

/** The Monday 00:00 UTC at or before `ms`, in UTC milliseconds. */
export function startOfWeek(ms: number): number {
  const DAY = 86_400_000;
  const day = Math.floor(ms / DAY);
  return (day - ((day + 3) % 7)) * DAY;
}
