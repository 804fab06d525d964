import { once } from 'node:events';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { type Probe, startProbe } from '../testing/probe.js';
import { readAnswer } from '../testing/edge-caller.js';

const QUERY = '{"query":"{ effects }"}';

function portOf(probe: Probe): number {
  return (probe.app.getHttpServer().address() as AddressInfo).port;
}

/** Sends bytes and reads until the other side hangs up or `until` has come. */
function exchange(port: number, sent: string, until?: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let received = '';
    const socket: Socket = connect(port, '127.0.0.1', () => socket.write(sent));
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => {
      received += chunk;
      if (until !== undefined && received.includes(until)) socket.destroy();
    });
    socket.on('close', () => resolve(received));
    socket.on('error', reject);
  });
}

function head(...lines: string[]): string {
  return [...lines, '', ''].join('\r\n');
}

function answerOf(raw: string) {
  const [start = '', body = ''] = raw.split('\r\n\r\n');
  return readAnswer(Number(start.split(' ')[1]), body);
}

describe('on its socket, an edge', () => {
  let probe: Probe;
  beforeAll(async () => {
    probe = await startProbe();
    await probe.app.listen(0, '127.0.0.1');
  });
  afterAll(() => probe.app.close());

  it('knows no WebSockets', async () => {
    const upgrade = head(
      'GET /graphql HTTP/1.1',
      'Host: probe.example.com',
      'Connection: Upgrade, close',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Protocol: graphql-transport-ws',
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    );
    const answer = answerOf(await exchange(portOf(probe), upgrade, '}]}'));
    expect([answer.status, ...answer.codes]).toEqual([405, 'BAD_REQUEST']);
  });

  it('answers a POST that asks for a WebSocket as the POST it is', async () => {
    const post = head(
      'POST /graphql HTTP/1.1',
      'Host: probe.example.com',
      'Content-Type: application/json',
      `Content-Length: ${QUERY.length}`,
      'Connection: Upgrade',
      'Upgrade: websocket',
    );
    const answer = answerOf(await exchange(portOf(probe), post + QUERY, '}}'));
    expect(answer).toMatchObject({ status: 200, data: { effects: 0 } });
  });

  it('hangs up on CONNECT', async () => {
    expect(await exchange(portOf(probe), head('CONNECT secret-word:443 HTTP/1.1', 'Host: x'))).toBe('');
  });

  it.each([
    ['what is not HTTP', 'secret-word\r\n\r\n', 400],
    ['two lengths', head('POST /graphql HTTP/1.1', 'Host: a', 'Content-Length: 1', 'Content-Length: 2'), 400],
    [
      'a length and chunks',
      head('POST /graphql HTTP/1.1', 'Host: a', 'Content-Length: 5', 'Transfer-Encoding: chunked'),
      400,
    ],
    ['no Host', head('POST /graphql HTTP/1.1', 'secret-word: 1'), 400],
    ['an obsolete line fold', head('POST /graphql HTTP/1.1', 'Host: a', 'X: secret-word', ' more'), 400],
    ['too many headers', head('POST /graphql HTTP/1.1', 'Host: a', `X: ${'secret-word'.repeat(3_000)}`), 431],
  ])('answers %s in the shape of everything else', async (_what, sent, status) => {
    const raw = await exchange(portOf(probe), sent, '}]}');
    const answer = answerOf(raw);
    expect([answer.status, ...answer.codes]).toEqual([
      status,
      status === 431 ? 'LIMIT_EXCEEDED' : 'BAD_REQUEST',
    ]);
    expect(raw + JSON.stringify(probe.log)).not.toContain('secret-word');
  });

  it.each([
    ['an expectation nobody has', 'POST /graphql HTTP/1.1', 'Expect: secret-word', 417],
    ['a method of WebDAV', 'PROPFIND /graphql HTTP/1.1', 'Depth: 1', 405],
    ['TRACE', 'TRACE /graphql HTTP/1.1', 'X: secret-word', 405],
    ['an absolute URL', 'POST http://secret-word/graphql HTTP/1.1', 'X: 1', 404],
    ['a method nobody knows', 'BREW /graphql HTTP/1.1', 'X: 1', 400],
  ])('answers %s in that shape, too', async (_what, line, field, status) => {
    const raw = await exchange(portOf(probe), head(line, 'Host: a', 'Connection: close', field), '}]}');
    const answer = answerOf(raw);
    expect([answer.status, answer.codes.length]).toEqual([status, 1]);
    expect(raw).not.toContain('secret-word');
  });

  it('stops reading a body that states no length where the limit is', async () => {
    const post = head(
      'POST /graphql HTTP/1.1',
      'Host: a',
      'Content-Type: application/json',
      'Transfer-Encoding: chunked',
      'Connection: close',
    );
    const chunk = `100000\r\n${' '.repeat(0x100000)}\r\n`;
    const answer = answerOf(await exchange(portOf(probe), post + chunk.repeat(5), '}]}'));
    expect([answer.status, ...answer.codes]).toEqual([413, 'LIMIT_EXCEEDED']);
  });

  it('joins repeated signature fields, and then refuses them', async () => {
    const sent = probe.caller.fields(QUERY, probe.key);
    const post = head(
      'POST /graphql HTTP/1.1',
      'Host: a',
      'Connection: close',
      'Content-Type: application/json',
      `Content-Length: ${QUERY.length}`,
      `Content-Digest: ${sent['content-digest']}`,
      `Signature-Input: ${sent['signature-input']}`,
      `Signature-Input: ${sent['signature-input']}`,
      `Signature: ${sent['signature']}`,
    );
    const answer = answerOf(await exchange(portOf(probe), post + QUERY));
    expect([answer.status, ...answer.codes]).toEqual([401, 'SIGNATURE_INVALID']);
  });
});

describe('closing an edge', () => {
  const post = (connection: string): string =>
    head(
      'POST /graphql HTTP/1.1',
      'Host: a',
      `Connection: ${connection}`,
      'Content-Type: application/json',
      `Content-Length: ${QUERY.length}`,
    ) + QUERY;

  /** An edge with one operation that runs until it is released. */
  async function startHeld() {
    const probe = await startProbe();
    const order: string[] = [];
    let release = (): void => undefined;
    const entered = new Promise<void>((enter) => {
      const released = new Promise<void>((resolve) => (release = resolve));
      Object.defineProperty(probe.state, 'hold', {
        get: () => {
          enter();
          return released;
        },
      });
    });
    probe.state.onModuleDestroy = () => void order.push('modules torn down');
    await probe.app.listen(0, '127.0.0.1');
    const noted = (): void => {
      order.push('operation released');
      release();
    };
    return { probe, order, entered, release: noted };
  }

  it('lets what runs come to its end, answers it, and only then tears down', async () => {
    const { probe, order, entered, release } = await startHeld();
    const port = portOf(probe);
    const answered = exchange(port, post('keep-alive'));
    await entered;
    const closed = probe.app.close();
    await new Promise((resolve) => setImmediate(resolve));
    await expect(exchange(port, post('close'))).rejects.toThrow('ECONNREFUSED');
    release();
    expect(answerOf(await answered).data).toEqual({ effects: 0 });
    await closed;
    expect(order).toEqual(['operation released', 'modules torn down']);
  });

  it('waits for an operation whose caller has hung up', async () => {
    const { probe, order, entered, release } = await startHeld();
    const socket = connect(portOf(probe), '127.0.0.1', () => socket.write(post('keep-alive')));
    await entered;
    socket.destroy();
    const hungUp = once(probe.app.getHttpServer(), 'close');
    const closed = probe.app.close();
    await hungUp;
    await new Promise((resolve) => setImmediate(resolve));
    expect(order).toEqual([]);
    release();
    await closed;
    expect(order).toEqual(['operation released', 'modules torn down']);
  });
});
