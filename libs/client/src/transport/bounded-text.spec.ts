import { AnswerTooLong, boundedText } from './bounded-text.js';

/** A response in pieces; how many were taken is in `taken`. */
function inPieces(pieces: readonly Uint8Array[]) {
  const taken = { count: 0 };
  const body = new ReadableStream<Uint8Array>(
    {
      pull: (controller) => {
        const piece = pieces[taken.count++];
        if (piece === undefined) controller.close();
        else controller.enqueue(piece);
      },
    },
    { highWaterMark: 0 },
  );
  return { response: new Response(body), taken };
}

describe('a bounded text', () => {
  it('is what was sent, also where a character is cut in two', async () => {
    const bytes = new TextEncoder().encode('gr\u00fc\u00dfe \u{1f600}');
    const { response } = inPieces([...bytes].map((byte) => Uint8Array.of(byte)));
    expect(await boundedText(response, bytes.length)).toBe('gr\u00fc\u00dfe \u{1f600}');
  });

  it('is empty where there is no body', async () => {
    expect(await boundedText(new Response(null), 0)).toBe('');
  });

  it('is read no further than its bound', async () => {
    const { response, taken } = inPieces(Array.from({ length: 100 }, () => new Uint8Array(10)));
    await expect(boundedText(response, 25)).rejects.toThrow(AnswerTooLong);
    expect(taken.count).toBe(3);
  });
});
