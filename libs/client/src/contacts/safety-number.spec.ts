import { nodeCrypto } from '@phoenix/crypto';
import { safetyNumber } from './safety-number.js';

const crypto = nodeCrypto();
const party = () => ({
  user: { uuid: crypto.random.uuid(), domain: 'example.com' },
  credentialKey: crypto.random.bytes(32),
});

describe('a safety number', () => {
  it('is 60 digits, the same from both sides', () => {
    const [one, other] = [party(), party()];
    const number = safetyNumber(crypto, one, other);
    expect(number).toMatch(/^\d{60}$/);
    expect(safetyNumber(crypto, other, one)).toBe(number);
  });

  it('changes with the key of either and with who they are', () => {
    const [one, other] = [party(), party()];
    const numbers = [
      [one, other],
      [{ ...one, credentialKey: party().credentialKey }, other],
      [one, { ...other, credentialKey: party().credentialKey }],
      [{ ...one, user: party().user }, other],
      [{ ...one, user: { ...one.user, domain: 'example.org' } }, other],
    ].map(([a, b]) => safetyNumber(crypto, a!, b!));
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  it('is half each party’s, so that one of them alone says which half to doubt', () => {
    const [one, other] = [party(), party()];
    const halves = (number: string) => [number.slice(0, 30), number.slice(30)];
    const before = halves(safetyNumber(crypto, one, other));
    const after = halves(safetyNumber(crypto, { ...one, credentialKey: party().credentialKey }, other));
    expect(before.filter((half) => after.includes(half))).toHaveLength(1);
  });
});
