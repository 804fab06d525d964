import { nodeCrypto } from '@phoenix/crypto';
import { SeededRandom } from '@phoenix/crypto/testing';
import type { Account } from '../account/account.js';
import { accountOf } from '../testing/account-of.js';
import { CredentialAuthority } from '../testing/credential-authority.js';
import { attributeWelcome, verifyAttribution } from './attribute-welcome.js';
import type { MemberRecord } from './group-record.js';

const crypto = nodeCrypto(new SeededRandom('attributions'));
const authority = new CredentialAuthority(crypto, 'example.com', Date.UTC(2026, 4, 20));
const alice = accountOf(crypto, authority.client());
const bob = accountOf(crypto, authority.client());
const member = ({ credential: { payload } }: Account, leaf: number): MemberRecord => ({
  leaf,
  signatureKey: crypto.random.bytes(32),
  pseudonym: crypto.random.bytes(32),
  clientId: payload.clientId,
  credentialKey: payload.publicKey,
  profileKeys: [],
  vouchers: [],
  revoked: 0,
  leftIn: undefined,
});
const members = [member(alice, 0), member(bob, 1)];
const id = { uuid: crypto.random.uuid(), domain: 'example.com' };
const welcome = crypto.random.bytes(300);
const key = crypto.random.bytes(32);
const attribution = attributeWelcome(crypto, alice, { id, welcome }, key);
describe('the attribution of a Welcome', () => {
  it('names the member who sends it', () => {
    expect(verifyAttribution(crypto, { id, welcome, attribution }, key, members)).toEqual({
      ok: true,
      value: members[0],
    });
  });

  it('is refused for another recipient', () => {
    expect(
      verifyAttribution(crypto, { id, welcome, attribution }, crypto.random.bytes(32), members),
    ).toMatchObject({ refusal: { rule: 'client.attribution.open' } });
  });
});
