import { KeyVault, type StoreKey, VaultError, type VaultSigningKey } from '@phoenix/crypto';
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** Bytes travel as base64 within one JSON object a line. */
type Answer = Readonly<Record<string, string>> & { readonly keys?: readonly WireStoreKey[] };
interface WireStoreKey {
  readonly id: number;
  readonly key: string;
}
interface Waiting {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const bytes = (value: string | undefined): Uint8Array => new Uint8Array(Buffer.from(value ?? '', 'base64'));
const storeKey = ({ id, key }: WireStoreKey): StoreKey => ({ id, key: bytes(key) });

/**
 * A KeyVault over a signer of another process: what a PKCS#11 module, a cloud KMS or a smart card would be. Private signing
 * keys are made there, wrapped there and used there; this process never sees one.
 */
export class SignerVault extends KeyVault {
  readonly #waiting = new Map<number, Waiting>();
  #requests = 0;
  #gone: VaultError | undefined;

  private constructor(private readonly signer: ChildProcessWithoutNullStreams) {
    super();
    createInterface({ input: signer.stdout }).on('line', (line) => this.#hear(line));
    signer.stdin.on('error', () => this.#end());
    signer.on('error', () => this.#end());
    signer.on('close', () => this.#end());
  }

  /** Starts the signer: a program and its arguments. */
  static start(program: string, args: readonly string[]): SignerVault {
    return new SignerVault(spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] }) as never);
  }

  /** Ends the signer; what is under way is refused. */
  close(): void {
    this.signer.kill();
  }

  async wrap(purpose: string, key: Uint8Array): Promise<Uint8Array> {
    return bytes((await this.#ask('wrap', { purpose, key: text(key) }))['wrapped']);
  }

  async unwrap(purpose: string, wrapped: Uint8Array): Promise<Uint8Array> {
    return bytes((await this.#ask('unwrap', { purpose, wrapped: text(wrapped) }))['key']);
  }

  async generateSigningKey(purpose: string): Promise<VaultSigningKey> {
    const answer = await this.#ask('generate', { purpose });
    return { publicKey: bytes(answer['publicKey']), wrapped: bytes(answer['wrapped']) };
  }

  async sign(purpose: string, wrapped: Uint8Array, message: Uint8Array): Promise<Uint8Array> {
    const question = { purpose, wrapped: text(wrapped), message: text(message) };
    return bytes((await this.#ask('sign', question))['signature']);
  }

  async storeKeys(name: string): Promise<StoreKey[]> {
    return ((await this.#ask('storeKeys', { name })).keys ?? []).map(storeKey);
  }

  async addStoreKey(name: string): Promise<StoreKey> {
    const [added] = (await this.#ask('addStoreKey', { name })).keys ?? [];
    if (added === undefined) throw new VaultError('the signer made no store key');
    return storeKey(added);
  }

  async destroyStoreKey(name: string, id: number): Promise<void> {
    await this.#ask('destroyStoreKey', { name, id });
  }

  #ask(operation: string, question: Readonly<Record<string, string | number>>): Promise<Answer> {
    if (this.#gone !== undefined) return Promise.reject(this.#gone);
    const request = ++this.#requests;
    return new Promise((resolve, reject) => {
      this.#waiting.set(request, { resolve, reject });
      this.signer.stdin.write(`${JSON.stringify({ ...question, request, operation })}\n`);
    });
  }

  #hear(line: string): void {
    const answer = JSON.parse(line) as Answer & { readonly request: number };
    const waiting = this.#waiting.get(answer.request);
    this.#waiting.delete(answer.request);
    if (answer['refused'] === undefined) waiting?.resolve(answer);
    else waiting?.reject(new VaultError(answer['refused']));
  }

  #end(): void {
    this.#gone = new VaultError('the signer is gone');
    for (const { reject } of this.#waiting.values()) reject(this.#gone);
    this.#waiting.clear();
  }
}
