/** What the demo was asked for on its command line. */
export interface DemoOptions {
  /** End with one line of JSON. */
  readonly json: boolean;
  /** `kill -9` the server in the middle of the traffic, start it again and go on. */
  readonly crash: boolean;
}

/** Undefined for an argument that there is not. */
export function demoOptions(args: readonly string[]): DemoOptions | undefined {
  const known = ['--json', '--crash'];
  if (!args.every((arg) => known.includes(arg))) return undefined;
  return { json: args.includes('--json'), crash: args.includes('--crash') };
}
