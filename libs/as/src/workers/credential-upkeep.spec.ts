import { TestClock } from '@phoenix/crypto/testing';
import { monthNumber, startOfMonth } from '@phoenix/wire';
import { memoryAs } from '../testing/memory-as.js';
import { registeredUser } from '../testing/test-account.js';
import { CredentialUpkeep } from './credential-upkeep.js';

describe('the upkeep of credentials', () => {
  it('rotates an AS that nobody asks, and forgets revocations when they have run out', async () => {
    const clock = new TestClock(Date.UTC(2026, 4, 17, 12));
    const as = await memoryAs(clock);
    const { alice } = await registeredUser(as);
    await as.accounts.deleteUser(alice.clientId.user.uuid, monthNumber(clock.now()));
    const upkeep = new CredentialUpkeep(as.rotation, as.accounts, clock);
    const month = monthNumber(clock.now());
    await upkeep.run();
    expect(await as.accounts.revoked(month)).toHaveLength(1);
    clock.advance(startOfMonth(clock.now(), 7) - clock.now());
    await upkeep.run();
    await upkeep.run();
    expect(await as.accounts.revoked(month)).toEqual([]);
    const { issuers } = (await as.store.load())!;
    expect(issuers.filter(({ kind }) => kind === 'intermediate')).toHaveLength(2);
  });
});
