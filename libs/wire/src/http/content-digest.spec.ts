import { formatContentDigest, parseContentDigest } from './content-digest.js';

/** RFC 9530 appendix B.1: SHA-256 of `{"hello": "world"}` and a line feed. */
const FIELD = 'sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:';

describe('Content-Digest', () => {
  it("reads and writes RFC 9530's own example", () => {
    const digest = parseContentDigest(FIELD);
    expect(digest).toHaveLength(32);
    expect(formatContentDigest(digest as Uint8Array)).toBe(FIELD);
  });

  it.each([
    ['', 'nothing'],
    [`${FIELD}, ${FIELD}`, 'two members'],
    [`${FIELD}, sha-512=:AAAA:`, 'a second algorithm'],
    [FIELD.replace('sha-256', 'sha-512'), 'another algorithm'],
    [FIELD.replace('sha-256', 'SHA-256'), 'another spelling of the key'],
    [` ${FIELD}`, 'leading space'],
    [`${FIELD};a=1`, 'a parameter'],
    ['sha-256=:AAAA:', 'a short digest'],
    [FIELD.replace('=:', ':').slice(0, -2), 'no byte sequence'],
  ])('refuses %j (%s)', (field) => {
    expect(parseContentDigest(field)).toBeUndefined();
  });
});
