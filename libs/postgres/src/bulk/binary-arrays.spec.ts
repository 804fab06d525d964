import { int4Array, int8Array, uuidArray } from './binary-arrays.js';

it('refuses what is no UUID, without repeating it', () => {
  expect(() => uuidArray([new Uint8Array(15)])).toThrow(/^not a UUID$/);
  expect(() => uuidArray(['planted'])).toThrow(/^not a UUID$/);
  expect(() => uuidArray(['00000000-0000-0000-0000-00000000000g'])).toThrow(/^not a UUID$/);
});

it('refuses numbers that do not fit', () => {
  expect(() => int8Array([2n ** 63n])).toThrow(/^int[48] takes/);
  expect(() => int4Array([2 ** 31])).toThrow(/^int[48] takes/);
  expect(() => int4Array([0.5])).toThrow(/^int[48] takes/);
});
