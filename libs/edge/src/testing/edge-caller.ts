import type { Clock, PhoenixCrypto } from '@phoenix/crypto';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { utf8 } from '@phoenix/wire';
import { signFields, type TestKey } from './sign-fields.js';

export interface EdgeAnswer {
  readonly status: number;
  /** The whole response body. */
  readonly text: string;
  readonly data: Record<string, unknown> | null | undefined;
  /** `extensions.code` of each error. */
  readonly codes: readonly string[];
}

export interface EdgeCallerOptions {
  readonly app: NestFastifyApplication;
  readonly authority: string;
  readonly crypto: PhoenixCrypto;
  readonly clock: Clock;
}

/** Calls an edge through its whole HTTP stack, without a socket. */
export class EdgeCaller {
  constructor(private readonly options: EdgeCallerOptions) {}

  /** POSTs a GraphQL request, signed where a key is given. */
  call(query: string, variables: object = {}, key?: TestKey): Promise<EdgeAnswer> {
    const body = JSON.stringify({ query, variables });
    return this.post(body, key === undefined ? {} : this.fields(body, key));
  }

  /** The fields that sign a body. */
  fields(body: string, key: TestKey, nonce?: Uint8Array): Record<string, string> {
    const { crypto, clock, authority } = this.options;
    const options = { crypto, clock, authority, body: utf8(body), key };
    return { ...signFields(nonce === undefined ? options : { ...options, nonce }) };
  }

  /** POSTs a body as it is. */
  async post(body: string | Buffer, headers: Record<string, string> = {}): Promise<EdgeAnswer> {
    const response = await this.options.app.inject({
      method: 'POST',
      url: '/graphql',
      headers: { 'content-type': 'application/json', ...headers },
      payload: body,
    });
    return readAnswer(response.statusCode, response.body);
  }
}

/** What a response says. */
export function readAnswer(status: number, text: string): EdgeAnswer {
  const { data, errors = [] } = JSON.parse(text) as {
    data?: Record<string, unknown> | null;
    errors?: { extensions: { code: string } }[];
  };
  return { status, text, data, codes: errors.map(({ extensions }) => extensions.code) };
}
