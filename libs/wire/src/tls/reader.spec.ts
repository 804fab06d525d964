import fc from 'fast-check';
import { DecodeError, type DecodeReason } from './decode-error.js';
import { Reader } from './reader.js';
import { Writer } from './writer.js';

function reasonOf(read: () => unknown): DecodeReason | 'accepted' {
  try {
    read();
    return 'accepted';
  } catch (error) {
    if (error instanceof DecodeError) return error.reason;
    throw error;
  }
}

const from = (...bytes: number[]): Reader => new Reader(Uint8Array.from(bytes));

describe('a variable-size vector length', () => {
  it('reads the examples of RFC 9000 §A.1 that RFC 9420 §2.1.2 allows', () => {
    expect(from(0x9d, 0x7f, 0x3e, 0x7d).length()).toBe(494878333);
    expect(from(0x7b, 0xbd).length()).toBe(15293);
    expect(from(0x25).length()).toBe(37);
  });

  it('is refused when it could be shorter', () => {
    expect(reasonOf(() => from(0x40, 0x25).length())).toBe('non-minimal-length');
    expect(reasonOf(() => from(0x80, 0x00, 0x3f, 0xff).length())).toBe('non-minimal-length');
  });

  it('is refused with the prefix that RFC 9420 forbids', () => {
    expect(reasonOf(() => from(0xc0, 0, 0, 0, 0, 0, 0, 1).length())).toBe('non-minimal-length');
  });

  it('is read back as it was written, in the fewest bytes', () => {
    fc.assert(
      fc.property(fc.nat(0x3fffffff), (length) => {
        const encoded = new Writer().length(length).finish();
        expect(encoded).toHaveLength(length < 0x40 ? 1 : length < 0x4000 ? 2 : 4);
        expect(new Reader(encoded).length()).toBe(length);
      }),
    );
  });
});

describe('a reader', () => {
  it('refuses to read past its input', () => {
    expect(reasonOf(() => from(1, 2, 3).u32())).toBe('truncated');
    expect(reasonOf(() => from(1).u64())).toBe('truncated');
    expect(reasonOf(() => from(5, 1, 2).opaque())).toBe('truncated');
    expect(reasonOf(() => from(0xbf, 0xff, 0xff, 0xff).opaque())).toBe('truncated');
  });

  it('steps over what it would read, and refuses what it would refuse', () => {
    const reader = from(1, 2, 3, 0x02, 8, 9, 7);
    reader.skip(3);
    reader.skipOpaque();
    expect(reader.u8()).toBe(7);
    expect(reasonOf(() => from(1, 2).skip(3))).toBe('truncated');
    expect(reasonOf(() => from(5, 1, 2).skipOpaque())).toBe('truncated');
    expect(reasonOf(() => from(2, 1, 2).skipOpaque(1))).toBe('over-long');
    expect(reasonOf(() => from(0x40, 0x01, 1).skipOpaque())).toBe('non-minimal-length');
  });

  it('refuses bytes that nobody read', () => {
    expect(reasonOf(() => from(1).end())).toBe('trailing-bytes');
  });

  it('refuses a presence octet that is neither 0 nor 1', () => {
    expect(reasonOf(() => from(2, 1).optional((r) => r.u8()))).toBe('unknown-value');
    expect(from(0).optional((r) => r.u8())).toBeUndefined();
    expect(from(1, 7).optional((r) => r.u8())).toBe(7);
  });

  it('refuses more than a vector may hold', () => {
    expect(reasonOf(() => from(3, 1, 2, 3).opaque(2))).toBe('over-long');
    expect(reasonOf(() => from(3, 1, 2, 3).list((r) => r.u8(), 2))).toBe('over-long');
  });

  it('refuses an element that leaves its vector', () => {
    expect(reasonOf(() => from(3, 1, 2, 3, 4).list((r) => r.u16()))).toBe('truncated');
  });

  it('reads 64 bits whole', () => {
    const most = 0xffffffffffffffffn;
    expect(new Reader(new Writer().u64(most).finish()).u64()).toBe(most);
  });
});

describe('a list', () => {
  const item = fc.uint8Array({ maxLength: 300 });

  it('is written as the vector of what its elements write, however long', () => {
    fc.assert(
      fc.property(fc.array(item, { maxLength: 80 }), fc.uint8Array({ maxLength: 5 }), (items, before) => {
        const inner = new Writer();
        for (const each of items) inner.opaque(each);
        const expected = new Writer().bytes(before).opaque(inner.finish()).u8(7).finish();
        const written = new Writer(1)
          .bytes(before)
          .list(items, (w, each) => void w.opaque(each))
          .u8(7);
        expect(written.finish()).toEqual(expected);
      }),
    );
  });

  it('may hold lists', () => {
    const nested = [[1, 2], [], [3]];
    const written = new Writer().list(nested, (w, inner) => void w.list(inner, (v, byte) => void v.u8(byte)));
    expect(written.finish()).toEqual(Uint8Array.from([6, 2, 1, 2, 0, 1, 3]));
  });
});

describe('a writer', () => {
  it('refuses integers that do not fit', () => {
    expect(() => new Writer().u8(256)).toThrow(RangeError);
    expect(() => new Writer().u16(-1)).toThrow(RangeError);
    expect(() => new Writer().u32(1.5)).toThrow(RangeError);
    expect(() => new Writer().u64(1n << 64n)).toThrow(RangeError);
    expect(() => new Writer().length(0x40000000)).toThrow(RangeError);
  });

  it('leaves nothing behind when it is wiped', () => {
    const writer = new Writer(4).bytes(Uint8Array.from([1, 2, 3, 4, 5, 6]));
    const view = writer.view();
    writer.wipe();
    expect(view.every((byte) => byte === 0)).toBe(true);
  });
});
