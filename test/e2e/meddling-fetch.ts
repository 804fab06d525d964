/** Sends the request on; what the service answers. */
export type Forward = () => Promise<Response>;

/** What becomes of one request: `forward` it or not, and give back its answer or another. */
export type Meddling = (forward: Forward, body: string) => Promise<Response>;

/** A `fetch` through someone in the middle who knows the operations by their names: a hostile service, or a bad line. */
export function meddlingFetch() {
  const plans = new Map<string, Meddling[]>();
  const meddling: typeof fetch = async (input, init) => {
    const body = new TextDecoder().decode(init!.body as Uint8Array);
    const operation = /\{(\w+)/.exec(body.slice(body.indexOf('{', 1)))?.[1] ?? '';
    const [next] = plans.get(operation) ?? [];
    if (next === undefined) return fetch(input, init);
    plans.set(operation, plans.get(operation)!.slice(1));
    return next(() => fetch(input, init), body);
  };
  /** The next requests of an operation meet these, one each. */
  const meddle = (operation: string, ...steps: readonly Meddling[]) => void plans.set(operation, [...steps]);
  return { fetch: meddling, meddle };
}

/** The service does what it was asked, and its answer is lost. */
export const lost: Meddling = async (forward) => {
  await forward();
  throw new TypeError('the answer was lost');
};

/** The service refuses without having done anything. */
export const refusing =
  (code: string, extensions: Record<string, unknown> = {}): Meddling =>
  () =>
    Promise.resolve(Response.json({ errors: [{ message: code, extensions: { code, ...extensions } }] }));

/** What a GraphQL answer has for each root field. */
export type Data = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** The service's answer, changed on the way. */
export const altered =
  (change: (data: Data) => unknown): Meddling =>
  async (forward) => {
    const { data } = (await (await forward()).json()) as { data: Data };
    return Response.json({ data: change(data) });
  };

/** `count` times the same. */
export const times = (count: number, meddling: Meddling): Meddling[] =>
  Array.from({ length: count }, () => meddling);
