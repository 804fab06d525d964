import { parseBase64Url } from '@phoenix/wire';

/** What a service answered is not of the shape its schema promises. */
export class AnswerError extends Error {
  override readonly name = 'AnswerError';

  constructor() {
    super('the answer is not of the promised shape');
  }
}

/** A value of a service's answer, read field by field with its type checked: services are not trusted to keep to their schema. */
export class Answer {
  constructor(private readonly value: unknown) {}

  field(name: string): Answer {
    const { value } = this;
    if (typeof value !== 'object' || value === null) throw new AnswerError();
    return new Answer((value as Record<string, unknown>)[name]);
  }

  text(): string {
    if (typeof this.value !== 'string') throw new AnswerError();
    return this.value;
  }

  number(): number {
    if (typeof this.value !== 'number' || !Number.isInteger(this.value)) throw new AnswerError();
    return this.value;
  }

  boolean(): boolean {
    if (typeof this.value !== 'boolean') throw new AnswerError();
    return this.value;
  }

  /** Undefined where the schema's field is null. */
  nullable(): Answer | undefined {
    return this.value === null || this.value === undefined ? undefined : this;
  }

  /** A `UInt64`: a decimal string. */
  uint64(): bigint {
    const text = this.text();
    if (!/^(0|[1-9][0-9]{0,19})$/.test(text)) throw new AnswerError();
    return BigInt(text);
  }

  bytes(): Uint8Array {
    const bytes = parseBase64Url(this.text());
    if (bytes === undefined) throw new AnswerError();
    return bytes;
  }

  list(): Answer[] {
    if (!Array.isArray(this.value)) throw new AnswerError();
    return this.value.map((item) => new Answer(item));
  }
}
