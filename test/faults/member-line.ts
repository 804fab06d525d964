import { Agent, request } from 'node:http';
import type { Clock } from '@phoenix/crypto';
import type { ScriptedClient, ScriptedConversation } from '@phoenix/ds/testing';
import { signFields } from '@phoenix/edge/testing';
import { formatUuid, utf8 } from '@phoenix/wire';
import type { TestService } from '../harness/index.js';

/** What the DS answers; each operation's result is called `done`. */
export interface Answer<T = { readonly epoch?: string }> {
  readonly data?: { readonly done?: T } | null;
  readonly errors?: readonly { readonly extensions: Refused }[];
}

interface Refused {
  readonly code: string;
  readonly rule?: string;
  readonly epoch?: string;
}

/** An operation and what is asked back, as a GraphQL document's field. */
export interface Asked {
  readonly kind?: 'query' | 'mutation';
  readonly operation: string;
  readonly type: string;
  readonly answer: string;
}

/** A scripted group's own connection to the DS: sockets that stay open, one unless said, and requests that members' keys sign. */
export class MemberLine {
  readonly #agent: Agent;

  constructor(
    private readonly service: TestService,
    private readonly group: ScriptedConversation,
    private readonly clock: Clock,
    maxSockets = 1,
  ) {
    this.#agent = new Agent({ keepAlive: true, maxSockets });
  }

  /** A request's body; byte strings of the input are encoded. */
  body(
    { kind = 'mutation', operation, type, answer }: Asked,
    input: Record<string, Uint8Array> = {},
  ): string {
    const query = `${kind} ($input: ${type}!) { done: ${operation}(input: $input) { ${answer} } }`;
    const bytes = Object.entries({ earKey: this.group.earKey, ...input }).map(([name, value]) => [
      name,
      Buffer.from(value).toString('base64url'),
    ]);
    const variables = { input: { groupId: formatUuid(this.group.uuid), ...Object.fromEntries(bytes) } };
    return JSON.stringify({ query, variables });
  }

  /** Signs a body as a leaf by that name and sends it. */
  post<T>(body: string, leaf: string, { seed }: ScriptedClient): Promise<Answer<T>> {
    const { authority, url } = this.service;
    const key = { keyId: { kind: 'leaf', name: leaf } as const, privateKey: seed };
    const { crypto } = this.group.ds;
    const fields = signFields({ crypto, clock: this.clock, authority, body: utf8(body), key });
    const headers = { 'content-type': 'application/json', ...fields };
    return new Promise((resolve, reject) => {
      const sent = request(url, { method: 'POST', agent: this.#agent, headers }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => (text += part));
        response.on('end', () => resolve(JSON.parse(text) as Answer<T>)).on('error', reject);
      });
      sent.on('error', reject).end(body);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}
