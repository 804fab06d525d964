import { Clock, nodeCrypto, type PhoenixCrypto, SerenityOpaqueServer } from '@phoenix/crypto';
import { lightOpaqueClient, MemoryKeyVault } from '@phoenix/crypto/testing';
import { MemoryAccountStore } from '../adapters/memory/memory-account-store.js';
import { MemoryAccounts } from '../adapters/memory/memory-accounts.js';
import { MemoryAuthorityStore } from '../adapters/memory/memory-authority-store.js';
import { MemoryHandshakeStore } from '../adapters/memory/memory-handshake-store.js';
import { MemoryProfileStore } from '../adapters/memory/memory-profile-store.js';
import { MemoryRegistrationStore } from '../adapters/memory/memory-registration-store.js';
import { OpenRegistration } from '../adapters/policy/open-registration.js';
import { RegistrationTickets } from '../domain/registration-ticket.js';
import type { RegistrationPolicy } from '../ports/registration-policy.js';
import { AuthenticateClient } from '../service/authenticate-client.js';
import { ChangePassword } from '../service/change-password.js';
import { CurrentAuthority } from '../service/current-authority.js';
import { DeleteUser } from '../service/delete-user.js';
import { FinishUserRegistration } from '../service/finish-user-registration.js';
import { InitTwoFactor } from '../service/init-two-factor.js';
import { InitUserRegistration } from '../service/init-user-registration.js';
import { openAuthority } from '../service/open-authority.js';
import { openOpaqueSetup } from '../service/open-opaque-setup.js';
import { Passwords } from '../service/passwords.js';
import { ReadCredentials } from '../service/read-credentials.js';
import { ReadUserProfile } from '../service/read-user-profile.js';
import { RenewClientCredential } from '../service/renew-client-credential.js';
import { RotateCredentials } from '../service/rotate-credentials.js';
import { UpdateUserProfile } from '../service/update-user-profile.js';
import { VerifyApplication } from '../service/verify-application.js';
import { VerifyTwoFactor } from '../service/verify-two-factor.js';

export const TEST_DOMAIN = 'example.com';

/** The account half of an AS over memory stores: real cryptography with light key stretching, time as the test has it. */
export async function memoryAs(clock: Clock, policy: RegistrationPolicy = new OpenRegistration()) {
  const crypto: PhoenixCrypto = nodeCrypto();
  const vault = new MemoryKeyVault(crypto);
  const store = new MemoryAuthorityStore();
  await openAuthority(store, vault, crypto, { domain: TEST_DOMAIN, nowMs: clock.now() });
  const opaqueServer = new SerenityOpaqueServer();
  const setup = await openOpaqueSetup(store, vault, opaqueServer, TEST_DOMAIN);
  const all = new MemoryAccounts();
  const [accounts, profiles] = [new MemoryAccountStore(all), new MemoryProfileStore(all)];
  const registration = new MemoryRegistrationStore(all);
  const handshakes = new MemoryHandshakeStore(crypto, clock);
  const tickets = new RegistrationTickets(crypto, crypto.random.bytes(32), TEST_DOMAIN);
  const rotation = new RotateCredentials(store, vault, crypto, clock);
  const authority = new CurrentAuthority(rotation, { vault, crypto, clock, domain: TEST_DOMAIN });
  const passwords = new Passwords(opaqueServer, setup);
  const clients = new AuthenticateClient(accounts);
  const factors = new VerifyTwoFactor(clients, handshakes, passwords);
  const applications = new VerifyApplication(tickets, authority, clock);
  return {
    crypto,
    store,
    accounts,
    registration,
    rotation,
    authority,
    opaque: lightOpaqueClient(),
    init: new InitUserRegistration(policy, tickets, passwords, clock),
    finish: new FinishUserRegistration(applications, policy, passwords, registration),
    readCredentials: new ReadCredentials(authority, accounts, clock),
    renew: new RenewClientCredential(clients, authority, accounts, clock),
    initTwoFactor: new InitTwoFactor(clients, accounts, passwords, handshakes),
    changePassword: new ChangePassword(factors, passwords, accounts),
    deleteUser: new DeleteUser(factors, accounts, clock),
    updateProfile: new UpdateUserProfile(clients, profiles),
    readProfile: new ReadUserProfile(profiles),
  };
}

/** An AS in memory with all that it can do with accounts. */
export type MemoryAs = Awaited<ReturnType<typeof memoryAs>>;
