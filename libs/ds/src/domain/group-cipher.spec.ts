import { nodeCrypto } from '@phoenix/crypto';
import { type Codec, decode, encrypted } from '@phoenix/wire';
import fc from 'fast-check';
import { GroupCipher } from './group-cipher.js';
import { SECTION_OVERHEAD, SectionDraft } from './section-padding.js';
import type { Section } from './section.js';

const crypto = nodeCrypto();
const SECTIONS: readonly Section[] = ['roster', 'tree', 'pending'];
const SIZE = 32 * 1024;

const groupId = () => ({ uuid: crypto.random.uuid(), domain: 'example.com' });
const [earKey, tag, group] = [crypto.random.bytes(32), crypto.random.bytes(16), groupId()];
const cipher = (key = earKey, id = group) => new GroupCipher(crypto, id, key.slice());
const raw: Codec<Uint8Array> = { write: (w, v) => void w.bytes(v), read: (r) => r.fixed(r.remaining) };
const sealed = (content: Uint8Array, section: Section = 'roster', expected = 0) =>
  cipher().seal(section, tag, SectionDraft.of(raw, content, expected), SIZE);

describe('a sealed section', () => {
  it('opens to what was sealed, whatever its length, and is of exactly the size asked for', () => {
    const lengths = fc.integer({ min: 0, max: SIZE - SECTION_OVERHEAD });
    const expectations = fc.constantFrom(0, SIZE / 2, SIZE, 2 * SIZE);
    fc.assert(
      fc.property(lengths, expectations, (length, expected) => {
        const content = crypto.random.bytes(length);
        const stored = sealed(content, 'roster', expected);
        expect(stored).toHaveLength(SIZE);
        const opened = cipher().open('roster', tag, stored);
        expect(opened.state === 'open' && Buffer.compare(opened.content, content)).toBe(0);
      }),
      { numRuns: 50 },
    );
  });

  it('is `{ commitment[32]; Encrypted }`, the commitment the same under the same key', () => {
    const [one, two] = [sealed(Uint8Array.of(1)), sealed(Uint8Array.of(2))];
    expect(one.subarray(0, 32)).toEqual(two.subarray(0, 32));
    expect(() => decode(encrypted, one.subarray(32))).not.toThrow();
  });

  it('tells a wrong key, another group and another section from damage', () => {
    const stored = sealed(Uint8Array.of(1, 2, 3));
    expect(cipher(crypto.random.bytes(32)).open('roster', tag, stored).state).toBe('wrong-key');
    expect(cipher(earKey, groupId()).open('roster', tag, stored).state).toBe('wrong-key');
    expect(cipher(earKey, { ...group, domain: 'b.com' }).open('roster', tag, stored).state).toBe('wrong-key');
    for (const other of SECTIONS.filter((section) => section !== 'roster'))
      expect(cipher().open(other, tag, stored).state).toBe('wrong-key');
    expect(cipher().open('roster', crypto.random.bytes(16), stored).state).toBe('damaged');
    expect(cipher().open('roster', tag, stored.subarray(0, -1)).state).toBe('damaged');
    expect(cipher().open('roster', tag, new Uint8Array(0)).state).toBe('wrong-key');
  });

  it('is not made of more than its size holds', () => {
    const draft = SectionDraft.of(raw, new Uint8Array(SIZE - SECTION_OVERHEAD + 1), SIZE);
    expect(() => cipher().seal('roster', tag, draft, SIZE)).toThrow(RangeError);
  });

  it('opens with no byte changed', () => {
    const stored = sealed(Uint8Array.of(1, 2, 3));
    fc.assert(
      fc.property(fc.nat({ max: SIZE - 1 }), fc.integer({ min: 1, max: 255 }), (at, by) => {
        const changed = Uint8Array.from(stored);
        changed[at] = (changed[at] as number) ^ by;
        expect(cipher().open('roster', tag, changed).state).not.toBe('open');
      }),
    );
  });
});

describe('a cipher that is wiped', () => {
  it.each([0, SIZE])(
    'leaves zeros in the EAR key and in all it opened, and nothing of what it sealed (%i expected)',
    (expected) => {
      const key = earKey.slice();
      const used = new GroupCipher(crypto, group, key);
      const written: Uint8Array[] = [];
      const watched: Codec<Uint8Array> = {
        ...raw,
        write: (w, v) => void written.push(w.bytes(v).view()),
      };
      const content = crypto.random.bytes(1000);
      const stored = used.seal('roster', tag, SectionDraft.of(watched, content, expected), SIZE);
      const opened = used.open('roster', tag, stored);
      expect(opened.state === 'open' && Buffer.compare(opened.content, content)).toBe(0);
      used.wipe();
      expect(key).toEqual(new Uint8Array(32));
      for (const { buffer } of written) {
        for (let at = 0; at < content.length; at += 100)
          expect(Buffer.from(buffer).indexOf(Buffer.from(Buffer.from(content.subarray(at, at + 16))))).toBe(
            -1,
          );
      }
      expect(opened.state === 'open' && opened.content).toEqual(new Uint8Array(1000));
    },
  );
});
