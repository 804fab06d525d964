import fc, { type Arbitrary } from 'fast-check';

/** Values for the property tests of wire structs. */
export const bytes = (length: number): Arbitrary<Uint8Array> =>
  fc.uint8Array({ minLength: length, maxLength: length });
export const upTo = (maxLength: number): Arbitrary<Uint8Array> => fc.uint8Array({ maxLength });
export const seconds = fc.bigInt(0n, 0xffffffffffffffffn);
export const expiration = fc.record({ notBefore: seconds, notAfter: seconds });
export const domainName = fc.constantFrom('localhost', 'example.com', 'a.b-c.example', 'x'.repeat(63));
export const aUserId = fc.record({ uuid: bytes(16), domain: domainName });
export const aClientId = fc.record({ user: aUserId, uuid: bytes(16) });
export const aGroupId = aUserId;
export const scheme = fc.constant('ed25519' as const);
