const FRAME = /^ {4}at [^\n]+:\d+:\d+\)?$/;
const MAX_FRAMES = 12;

/**
 * What the log says of an error that nobody caught: its type and where it was thrown. Node would print all of it, and the
 * message, properties and causes of a driver's error hold statements and their values.
 */
export function crashRecord(error: unknown): { level: 'error'; event: 'crash'; detail: string[] } {
  if (!(error instanceof Error)) return { level: 'error', event: 'crash', detail: [typeof error] };
  const lines = (error.stack ?? '').replace(error.message, '').split('\n');
  const frames = lines.filter((line) => FRAME.test(line)).slice(0, MAX_FRAMES);
  return {
    level: 'error',
    event: 'crash',
    detail: [error.constructor.name, ...frames.map((line) => line.trim())],
  };
}
