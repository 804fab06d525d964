import fc from 'fast-check';
import { formatSignature, formatSignatureInput, parseSignatureHeaders } from './signature-headers.js';
import type { SignatureParameters } from './signature-input.js';

const UUID = '0b6cf7f3-7c0b-4c5e-8f0e-0d6a1c2b3d4e';
const PARAMETERS: SignatureParameters = {
  created: 1_800_000_000,
  nonce: Uint8Array.from({ length: 16 }, (_, i) => i),
  keyId: { kind: 'qs-client', name: UUID },
  coversAuthorization: false,
};
const SIGNATURE = new Uint8Array(64).fill(7);
const INPUT = formatSignatureInput(PARAMETERS);
const FIELD = formatSignature(SIGNATURE);

const parameters: fc.Arbitrary<SignatureParameters> = fc.record({
  created: fc.integer({ min: 0, max: 999_999_999_999 }),
  nonce: fc.uint8Array({ minLength: 16, maxLength: 16 }),
  keyId: fc.nat().map((leaf) => ({ kind: 'leaf' as const, name: String(leaf) })),
  coversAuthorization: fc.boolean(),
});

/** One edit of a text: a character changed, dropped, doubled or put in, two pieces swapped, or a piece repeated. */
function mutations(text: string): fc.Arbitrary<string> {
  const at = fc.nat(text.length);
  const character = fc.constantFrom(...Array.from('aZ09;=",:() \t\\-_+/.@\u00e9'));
  return fc.oneof(
    fc.tuple(at, character).map(([i, c]) => text.slice(0, i) + c + text.slice(i + 1)),
    fc.tuple(at, character).map(([i, c]) => text.slice(0, i) + c + text.slice(i)),
    fc.tuple(at, fc.nat(8)).map(([i, n]) => text.slice(0, i) + text.slice(i + n)),
    fc.tuple(at, at).map(([i, j]) => text.slice(0, Math.max(i, j)) + text.slice(Math.min(i, j))),
    fc.tuple(at, at).map(([i, j]) => text.slice(i, j) + text.slice(0, i) + text.slice(j)),
  );
}

describe('the signature fields', () => {
  it('are read as they were written', () => {
    fc.assert(
      fc.property(parameters, fc.uint8Array({ minLength: 64, maxLength: 64 }), (stated, signature) => {
        const read = parseSignatureHeaders(formatSignatureInput(stated), formatSignature(signature));
        expect(read).toEqual({ parameters: stated, signature });
      }),
    );
  });

  it('have one spelling: any edit of them is refused or states exactly what it says', () => {
    fc.assert(
      fc.property(mutations(INPUT), mutations(FIELD), (input, field) => {
        for (const [candidateInput, candidateField] of [[input, FIELD] as const, [INPUT, field] as const]) {
          const read = parseSignatureHeaders(candidateInput, candidateField);
          if (read === undefined) continue;
          expect(formatSignatureInput(read.parameters)).toBe(candidateInput);
          expect(formatSignature(read.signature)).toBe(candidateField);
        }
      }),
      { numRuns: 5_000 },
    );
  });

  it.each([
    [`${INPUT}, ${INPUT}`, 'two labels'],
    [INPUT.replace('phoenix=', 'sig1='), 'another label'],
    [INPUT.replace(';created', '; created'), 'optional space'],
    [INPUT.replace(';created=1800000000', ''), 'no created'],
    [INPUT.replace(';created=1800000000', ';created=01800000000'), 'a leading zero'],
    [INPUT.replace(';created=1800000000', ';created=1800000000;created=1800000000'), 'created twice'],
    [INPUT.replace(';alg="ed25519"', ''), 'no alg'],
    [INPUT.replace('alg="ed25519"', 'alg="hmac-sha256"'), 'another alg'],
    [INPUT.replace('tag="phoenix"', 'tag="other"'), 'another tag'],
    [`${INPUT};expires=1900000000`, 'an unknown parameter'],
    [INPUT.replace('"@method" "@authority"', '"@authority" "@method"'), 'components out of order'],
    [INPUT.replace(' "content-digest"', ''), 'a component less'],
    [INPUT.replace('"content-digest"', '"content-digest" "content-digest"'), 'a component twice'],
    [INPUT.replace('"content-digest"', '"content-digest";req'), 'a component with a parameter'],
    [INPUT.replace('keyid="qs-client:', 'keyid="root:'), 'an unknown kind of key'],
    [INPUT.replace('nonce="AAEC', 'nonce="AAE'), 'a short nonce'],
  ])('refuses %s (%s)', (input) => {
    expect(parseSignatureHeaders(input, FIELD)).toBeUndefined();
  });

  it.each([
    [`${FIELD}, ${FIELD}`, 'two members'],
    [FIELD.replace('phoenix=', 'sig1='), 'another label'],
    [formatSignature(new Uint8Array(63)), 'a short signature'],
    [FIELD.replace('phoenix=:', 'phoenix="').replace(/:$/, '"'), 'a string'],
    [`${FIELD};a=1`, 'a parameter'],
  ])('refuses %s (%s)', (field) => {
    expect(parseSignatureHeaders(INPUT, field)).toBeUndefined();
  });
});
