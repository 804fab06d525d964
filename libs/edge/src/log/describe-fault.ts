const NAME = /^[A-Za-z0-9_.]{1,64}$/;
const CODE = /^[A-Za-z0-9_]{1,40}$/;
const FRAME = /^\s+at .+$/;
const MAX_FRAMES = 12;
const MAX_CAUSES = 4;

/**
 * What may be logged of an error: its type, its code and where it was thrown. Never its message: drivers and libraries put the
 * offending value in there, and a value may be an id or a key.
 */
export function describeFault(error: unknown): readonly string[] {
  const lines: string[] = [];
  let current = error;
  for (let depth = 0; depth < MAX_CAUSES && current !== undefined; depth++) {
    lines.push(...describe(current));
    current = current instanceof Error ? current.cause : undefined;
  }
  return lines;
}

function describe(error: unknown): readonly string[] {
  if (!(error instanceof Error)) return [`thrown: ${typeof error}`];
  const code = 'code' in error && typeof error.code === 'string' && CODE.test(error.code) ? error.code : '';
  const name = NAME.test(error.name) ? error.name : 'Error';
  return [code === '' ? name : `${name} ${code}`, ...framesOf(error)];
}

function framesOf(error: Error): readonly string[] {
  const stack = error.stack ?? '';
  // A message can hold line breaks, and after them anything: the frames begin where it ends.
  const end = stack.indexOf(error.message) + error.message.length;
  if (error.message !== '' && end < error.message.length) return [];
  const frames = stack.slice(error.message === '' ? 0 : end).split('\n');
  return frames
    .filter((line) => FRAME.test(line))
    .slice(0, MAX_FRAMES)
    .map((line) => line.trim());
}
