import { nodeCrypto } from '@phoenix/crypto';
import { type ClientCsr, clientCsr, decode, encode, searchProofOfWork } from '@phoenix/wire';
import { InvitedRegistration } from '../../adapters/policy/invited-registration.js';
import { OpenRegistration } from '../../adapters/policy/open-registration.js';
import { WorkedRegistration } from '../../adapters/policy/worked-registration.js';
import { drawInvitation, hashInvitation } from '../../domain/invitation.js';
import type { AsRuleId } from '../../domain/rules.js';
import type { RegistrationPolicy } from '../../ports/registration-policy.js';
import type { FinishRegistration } from '../../service/finish-user-registration.js';
import { memoryAs, type MemoryAs } from '../memory-as.js';
import { type Applicant, selfSigned } from '../signed-csr.js';
import { begunRegistration, signedRequest } from '../test-account.js';
import { between, type RuleCase, someClock } from './rule-case.js';

type RegistrationRule = Extract<
  AsRuleId,
  `as.csr.${string}` | `as.registration.${string}` | 'as.opaque.encoding'
>;

/** Somebody with a ticket, and what it brings to the second step. */
interface Brought {
  readonly as: MemoryAs;
  readonly alice: Applicant;
  readonly input: FinishRegistration;
}
/** What it brings instead. */
type Change = (brought: Brought) => Promise<Partial<FinishRegistration>>;

const crypto = nodeCrypto();
const BITS = 8;
const asItIs: Change = async () => ({});

function finishing(
  breaking: Change,
  keeping = asItIs,
  policy: RegistrationPolicy = new OpenRegistration(),
): RuleCase {
  const finish = async (change: Change) => {
    const as = await memoryAs(someClock(), policy);
    const { alice, input } = await begunRegistration(as);
    const changed = await change({ as, alice, input });
    return as.finish.execute({ ...input, ...changed }, signedRequest(alice));
  };
  return between(finish, breaking, keeping);
}

const asking = (csr: (alice: Applicant) => ClientCsr): RuleCase =>
  finishing(async ({ alice }) => ({ csr: encode(clientCsr, csr(alice)) }));

function ofAnotherDomain({ clientId, ...keys }: Applicant): ClientCsr {
  return selfSigned(crypto, { ...clientId, user: { ...clientId.user, domain: 'example.org' } }, keys);
}

function byAnotherKey({ clientId, publicKey }: Applicant): ClientCsr {
  return { ...selfSigned(crypto, clientId, crypto.signer.generateKeyPair()), publicKey };
}

const invited: Change = async ({ as }) => {
  const invitation = drawInvitation(crypto);
  await as.registration.invite([hashInvitation(crypto, invitation)!]);
  return { invitation };
};

const worked: Change = async ({ input }) => {
  const sha256 = (bytes: Uint8Array) => crypto.sha256(bytes);
  return { proofOfWork: searchProofOfWork(sha256, input.ticket, BITS, { from: 0, count: 1e6 }) };
};

export const registrationCases: Record<RegistrationRule, RuleCase> = {
  'as.csr.encoding': finishing(async ({ alice: { csr } }) => ({ csr: csr.slice(0, -1) })),
  'as.csr.key': asking(({ csr, publicKey }) => ({
    ...decode(clientCsr, csr),
    publicKey: publicKey.slice(1),
  })),
  'as.csr.domain': asking(ofAnotherDomain),
  'as.csr.proof': asking(byAnotherKey),
  'as.opaque.encoding': finishing(async ({ input }) => ({ opaqueRecord: input.opaqueRecord.slice(1) })),
  'as.registration.invitation': finishing(asItIs, invited, new InvitedRegistration(crypto)),
  'as.registration.proof-of-work': finishing(asItIs, worked, new WorkedRegistration(crypto, BITS)),
};
