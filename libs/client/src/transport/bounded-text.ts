/** What a service answered is longer than anything it has to say. */
export class AnswerTooLong extends Error {
  override readonly name = 'AnswerTooLong';

  constructor() {
    super('the answer is too long');
  }
}

/**
 * A response's text, of at most `limit` bytes: a service that is not trusted does not get to fill our memory.
 * @throws AnswerTooLong, after which nothing more is read
 */
export async function boundedText({ body }: Response, limit: number): Promise<string> {
  if (body === null) return '';
  const decoder = new TextDecoder();
  const reader: ReadableStreamDefaultReader<Uint8Array> = body.getReader();
  let text = '';
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    length += value.length;
    if (length > limit) {
      await reader.cancel().catch(() => undefined);
      throw new AnswerTooLong();
    }
    text += decoder.decode(value, { stream: true });
  }
}
