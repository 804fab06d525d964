import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { nodeCrypto } from '@phoenix/crypto';
import { TestClock } from '@phoenix/crypto/testing';
import { formatContentDigest, parseSignatureHeaders, signatureBase, utf8 } from '@phoenix/wire';
import { GraphqlTransport } from './graphql-transport.js';
import { encodeRequest } from './graphql-request.js';
import { RequestSigner } from './request-signer.js';

const crypto = nodeCrypto();
const signer = new RequestSigner(crypto, new TestClock(1_800_000_000_000));

interface Received {
  readonly request: IncomingMessage;
  readonly body: string;
}

/** An HTTP server that keeps what it received and answers as it is told. */
class TestServer {
  readonly received: Received[] = [];
  answer: (response: ServerResponse) => void = (response) => response.end('{"data":{"a":1}}');
  readonly #server: Server = createServer((request, response) => {
    void text(request).then((body) => {
      this.received.push({ request, body });
      this.answer(response);
    });
  });

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/graphql`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

describe('the GraphQL transport', () => {
  const server = new TestServer();
  let url: string;
  beforeAll(async () => {
    url = await server.listen();
  });
  afterAll(() => server.close());
  beforeEach(() => server.received.splice(0));

  it('sends bytes as base64url and 64-bit integers as decimal strings, however deep they lie', () => {
    const variables = {
      input: { a: Uint8Array.of(255), b: [2n ** 64n - 1n, null], c: Buffer.of(0), d: undefined },
    };
    const body = new TextDecoder().decode(encodeRequest({ query: 'q', variables }));
    expect(JSON.parse(body)).toEqual({
      query: 'q',
      variables: { input: { a: '_w', b: ['18446744073709551615', null], c: 'AA' } },
    });
  });

  it('signs the exact body for the authority it was given, and again for the same bytes', async () => {
    const { publicKey, privateKey } = crypto.signer.generateKeyPair();
    const transport = new GraphqlTransport({ url, authority: 'qs.example.com', signer });
    const body = encodeRequest({ query: 'mutation { a }' });
    const key = { keyId: { kind: 'leaf', name: '0' }, privateKey } as const;
    expect(await transport.send(body, key)).toEqual({ ok: true, value: { a: 1 } });
    expect(await transport.send(body, key)).toEqual({ ok: true, value: { a: 1 } });
    const nonces = server.received.map(({ request, body: sent }) => {
      const { headers } = request;
      const read = parseSignatureHeaders(String(headers['signature-input']), String(headers['signature']));
      if (read === undefined) throw new Error('not canonical');
      const contentDigest = formatContentDigest(crypto.sha256(utf8(sent)));
      const components = {
        method: 'POST',
        authority: 'qs.example.com',
        path: '/graphql',
        contentDigest,
      } as const;
      const base = signatureBase(components, read.parameters);
      expect(crypto.signer.verify(publicKey, base, read.signature)).toBe(true);
      return Buffer.from(read.parameters.nonce).toString('hex');
    });
    expect(new Set(nonces).size).toBe(2);
  });

  it('tells nobody who asks when it has no key to sign with', async () => {
    await new GraphqlTransport({ url, signer }).execute({ query: '{ a }' });
    const headers = server.received[0]?.request.headers;
    expect(headers).toBeDefined();
    for (const name of ['signature', 'authorization', 'cookie', 'referer'])
      expect(headers?.[name]).toBeUndefined();
  });

  it('hands on a refusal with what it states', async () => {
    const extensions = { code: 'WRONG_EPOCH', epoch: '7', retryAfterMs: 5, rule: 'r' };
    server.answer = (response) =>
      response.end(JSON.stringify({ errors: [{ message: 'm', extensions }], data: null }));
    const outcome = await new GraphqlTransport({ url, signer }).execute({ query: '{ a }' });
    expect(outcome).toEqual({
      ok: false,
      refusal: { code: 'WRONG_EPOCH', epoch: 7n, retryAfterMs: 5, rule: 'r' },
    });
  });

  it('hands on the proposals that a commit has to include, and none that are no bytes', async () => {
    const answering = (proposals: unknown) => (response: ServerResponse) =>
      response.end(JSON.stringify({ errors: [{ extensions: { code: 'PROPOSALS_PENDING', proposals } }] }));
    const transport = new GraphqlTransport({ url, signer });
    server.answer = answering(['_w', 'AA']);
    expect(await transport.execute({ query: '{ a }' })).toEqual({
      ok: false,
      refusal: { code: 'PROPOSALS_PENDING', proposals: [Uint8Array.of(255), Uint8Array.of(0)] },
    });
    for (const proposals of ['AA', [1], ['?'], {}]) {
      server.answer = answering(proposals);
      expect(await transport.execute({ query: '{ a }' })).toEqual({
        ok: false,
        refusal: { code: 'PROPOSALS_PENDING' },
      });
    }
  });

  it('reads no answer beyond its limit, and does not ask for it again', async () => {
    const transport = new GraphqlTransport({ url, signer, responseLimit: 100 });
    server.answer = (response) => response.end(JSON.stringify({ data: { a: 'x'.repeat(100) } }));
    expect(await transport.execute({ query: '{ a }' })).toEqual({
      ok: false,
      refusal: { code: 'INTERNAL', rule: 'client.answer' },
    });
  });

  it('reads a refusal whatever the HTTP status', async () => {
    const body = JSON.stringify({ errors: [{ extensions: { code: 'SIGNATURE_INVALID' } }] });
    server.answer = (response) => response.writeHead(401).end(body);
    const outcome = await new GraphqlTransport({ url, signer }).execute({ query: '{ a }' });
    expect(outcome).toMatchObject({ refusal: { code: 'SIGNATURE_INVALID' } });
  });

  it.each([
    ['a code that is not of the list', { code: 'TOTALLY_FINE' }],
    ['no code', {}],
    ['details of the wrong types', { code: 'INTERNAL', epoch: 1, retryAfterMs: '1', rule: {} }],
  ])('takes %s for a fault', async (_what, extensions) => {
    server.answer = (response) => response.end(JSON.stringify({ errors: [{ extensions }] }));
    const outcome = await new GraphqlTransport({ url, signer }).execute({ query: '{ a }' });
    expect(outcome).toEqual({ ok: false, refusal: { code: 'INTERNAL' } });
  });

  it.each([
    ['an HTML page', (response: ServerResponse) => response.writeHead(502).end('<html>')],
    ['a redirect', (response: ServerResponse) => response.writeHead(307, { location: '/graphql' }).end()],
    ['a hang-up', (response: ServerResponse) => response.destroy()],
    ['no data', (response: ServerResponse) => response.end('{}')],
    ['a list', (response: ServerResponse) => response.end('[]')],
  ])('takes %s for no answer', async (_what, answer) => {
    server.answer = answer;
    const outcome = await new GraphqlTransport({ url, signer }).execute({ query: '{ a }' });
    expect(outcome).toMatchObject({ ok: false, refusal: { code: 'UNAVAILABLE' } });
    expect(server.received).toHaveLength(1);
  });

  it('does not pass a bug off as a network failure', async () => {
    const key = { keyId: { kind: 'leaf', name: '0' }, privateKey: new Uint8Array(3) } as const;
    const transport = new GraphqlTransport({ url, signer });
    await expect(transport.execute({ query: '{ a }' }, key)).rejects.toThrow(RangeError);
  });
});
