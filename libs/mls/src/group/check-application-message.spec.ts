import { utf8 } from '@phoenix/wire';
import { checkApplicationMessage } from './check-application-message.js';

const group = { groupId: utf8('a group'), epoch: 3n };
const message = {
  ...group,
  contentType: 'application' as const,
  authenticatedData: new Uint8Array(0),
  encryptedSenderData: new Uint8Array(28),
  ciphertext: new Uint8Array(64),
};

describe('checkApplicationMessage', () => {
  it('accepts an application message of this group and epoch', () => {
    expect(checkApplicationMessage(message, group)).toEqual({ ok: true, value: message });
  });

  it('refuses a private handshake, another group, and another epoch', () => {
    const ruleOf = (change: object) => checkApplicationMessage({ ...message, ...change }, group);
    expect(ruleOf({ contentType: 'proposal' })).toEqual({ ok: false, rule: 'mls.6-content-type' });
    expect(ruleOf({ groupId: utf8('another') })).toEqual({ ok: false, rule: 'mls.6-group-id' });
    expect(ruleOf({ epoch: 2n })).toEqual({ ok: false, rule: 'mls.6-epoch' });
  });
});
