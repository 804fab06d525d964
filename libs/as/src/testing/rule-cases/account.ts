import { nodeCrypto } from '@phoenix/crypto';
import { type Outcome, pad } from '@phoenix/wire';
import type { AsRuleId } from '../../domain/rules.js';
import { memoryAs, type MemoryAs } from '../memory-as.js';
import type { Applicant } from '../signed-csr.js';
import { provenPassword, registeredUser, signedRequest } from '../test-account.js';
import { type Handover, handover } from './handover.js';
import { between, type RuleCase, someClock } from './rule-case.js';

type AccountRule = Extract<AsRuleId, `as.succession.${string}` | `as.profile.${string}` | 'as.two-factor'>;

/** A user of an AS of its own. */
interface Scene {
  readonly as: MemoryAs;
  readonly alice: Applicant;
}

const crypto = nodeCrypto();

/** What a user asks for, with one thing or the other. */
function asking<T>(
  attempt: (scene: Scene, input: T) => Promise<Outcome<unknown>>,
  breaking: (scene: Scene) => T,
  keeping: (scene: Scene) => T,
): RuleCase {
  const ask = async (input: (scene: Scene) => T) => {
    const as = await memoryAs(someClock());
    const { alice } = await registeredUser(as);
    return attempt({ as, alice }, input({ as, alice }));
  };
  return between(ask, breaking, keeping);
}

const renewing = (breaking: (alice: Applicant) => Handover): RuleCase =>
  asking(
    ({ as, alice }, { csr, succession }: Handover) =>
      as.renew.execute({ csr, succession }, signedRequest(alice)),
    ({ alice }) => breaking(alice),
    ({ alice }) => handover(crypto, alice),
  );

/** Updates a profile under a key's id of so many bytes; the profile is of so many bytes before it is padded. */
const profiling = (breaking: { id?: number; size?: number }): RuleCase =>
  asking(
    ({ as, alice }, { id = 16, size = 1000 }: { id?: number; size?: number }) => {
      const profile = crypto.encrypt(crypto.random.bytes(32), new Uint8Array(0), pad(new Uint8Array(size)));
      return as.updateProfile.execute({ keyId: new Uint8Array(id), profile }, signedRequest(alice));
    },
    () => breaking,
    () => ({}),
  );

export const accountCases: Record<AccountRule, RuleCase> = {
  'as.succession.encoding': renewing((alice) => {
    const made = handover(crypto, alice);
    return { ...made, succession: made.succession.slice(1) };
  }),
  'as.succession.subject': renewing((alice) => {
    const { succession } = handover(crypto, alice);
    return { ...handover(crypto, alice), succession };
  }),
  'as.succession.signature': renewing((alice) => {
    const { privateKey } = crypto.signer.generateKeyPair();
    return handover(crypto, { ...alice, privateKey });
  }),
  'as.two-factor': asking(
    async ({ as, alice }, guessed: boolean) => {
      const proof = (await provenPassword(as, alice))!;
      const ke3 = guessed ? crypto.random.bytes(proof.length) : proof;
      return as.deleteUser.execute(ke3, signedRequest(alice));
    },
    () => true,
    () => false,
  ),
  'as.profile.key-id': profiling({ id: 15 }),
  'as.profile.size': profiling({ size: 256 * 1024 }),
};
