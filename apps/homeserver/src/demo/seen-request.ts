/** A request as the service that it went to could see it. */
export interface SeenRequest {
  readonly service: 'as' | 'qs' | 'ds';
  readonly operation: string;
  /** The key id of its signature, shortened; undefined for unsigned requests. */
  readonly signer: string | undefined;
  /** Bytes of the body. */
  readonly size: number;
}

const SHOWN = 8;

/** A `fetch` that notes what each service gets to see. `serviceOf` tells a service by its URL. */
export function watchedFetch(
  serviceOf: (url: string) => SeenRequest['service'],
  note: (request: SeenRequest) => void,
): typeof globalThis.fetch {
  return (input, init) => {
    const body = init?.body as Uint8Array;
    const headers = init?.headers as Record<string, string>;
    const { query } = JSON.parse(new TextDecoder().decode(body)) as { query: string };
    const [, operation = '?'] = /\{\s*(\w+)/.exec(query) ?? [];
    const [, kind, name = ''] = /keyid="([a-z-]+):([^"]+)"/.exec(headers['signature-input'] ?? '') ?? [];
    const signer = kind && `${kind}:${name.length > SHOWN ? `${name.slice(0, SHOWN)}…` : name}`;
    note({ service: serviceOf(input as string), operation, signer, size: body.length });
    return fetch(input, init);
  };
}
