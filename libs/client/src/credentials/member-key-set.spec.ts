import { nodeCrypto } from '@phoenix/crypto';
import { SeededRandom } from '@phoenix/crypto/testing';
import { unwrapMemberKeys, wrapMemberKeys } from './member-key-set.js';

const crypto = nodeCrypto(new SeededRandom('key sets'));
const fresh = () => crypto.random.bytes(32);
const groupKeys = () => ({ earKey: fresh(), credentialKey: fresh(), profileKeyWrapper: fresh() });
const group = groupKeys();
const owner = { groupId: crypto.random.bytes(28), pseudonym: fresh() };
const keys = { linkKey: fresh(), profileKey: fresh() };
const wrapped = wrapMemberKeys(crypto, group, owner, keys);
const refused = { ok: false, refusal: { code: 'INVALID_CREDENTIAL', rule: 'client.key-set.open' } };

describe('a wrapped member key set', () => {
  it('opens for members of its group', () => {
    expect(unwrapMemberKeys(crypto, group, owner, wrapped)).toEqual({ ok: true, value: keys });
  });

  it('opens for no other member or group', () => {
    const swapped = { ...owner, pseudonym: fresh() };
    const moved = { ...owner, groupId: crypto.random.bytes(28) };
    expect(unwrapMemberKeys(crypto, group, swapped, wrapped)).toEqual(refused);
    expect(unwrapMemberKeys(crypto, group, moved, wrapped)).toEqual(refused);
  });

  it('does not open with the EAR key, which is all that the server is given', () => {
    const server = { ...groupKeys(), earKey: group.earKey };
    expect(unwrapMemberKeys(crypto, server, owner, wrapped)).toEqual(refused);
  });
});
