import { parse } from 'graphql';
import { DocumentStore } from './document-store.js';

async function keeps(source: string): Promise<boolean> {
  const store = new DocumentStore();
  await store.set('key', parse(source));
  return (await store.get('key')) !== undefined;
}

describe('the document store', () => {
  it('keeps a document whose values come as variables', async () => {
    expect(await keeps('query ($a: Bytes!, $b: Boolean!) { echo(a: $a) @include(if: $b) { c } }')).toBe(true);
  });

  it.each([
    'mutation { send(earKey: "c2VjcmV0") { acknowledged } }',
    'mutation { send(input: { keys: ["c2VjcmV0"] }) { acknowledged } }',
    'query ($a: Bytes = "c2VjcmV0") { echo(a: $a) }',
    'query { leaf(index: 7) { key } }',
    'query { leaf(index: 7.5) { key } }',
    'query { leaf(kind: SECRET) { key } }',
  ])('forgets a document with values in its text: %s', async (source) => {
    expect(await keeps(source)).toBe(false);
  });

  it('forgets a long document', async () => {
    expect(await keeps(`{ effects ${'#'.repeat(8 * 1024)}\n }`)).toBe(false);
  });

  it('does not grow with the number of documents', async () => {
    const store = new DocumentStore();
    const document = parse('{ effects }');
    for (let i = 0; i < 1_000; i++) await store.set(`key ${i}`, document);
    const kept = await Promise.all(Array.from({ length: 1_000 }, (_, i) => store.get(`key ${i}`)));
    expect(kept.filter((found) => found !== undefined)).toHaveLength(256);
  });
});
