import {
  connectionPackage,
  decode,
  done,
  encode,
  formatUserId,
  type Outcome,
  pad,
  refuse,
  sealedConnectionOffer,
  type UserId,
} from '@phoenix/wire';
import { acceptOffer } from '../../connecting/accept-offer.js';
import type { ConnectionRule } from '../../connecting/connection-rule.js';
import { makeConnectionPackages } from '../../connecting/make-connection-packages.js';
import { DIRECT } from '../../connecting/offer-queue.js';
import { OFFER } from '../../connecting/received-offer.js';
import { sealOffer } from '../../connecting/seal-offer.js';
import { takeOffer } from '../../connecting/take-offer.js';
import { openOffer, verifyOffer } from '../../connecting/verify-offer.js';
import { groupOffer } from '../../groups/connection-group.js';
import { accountOf } from '../account-of.js';
import { groupKeys } from './entering.js';
import { authority, crypto, DOMAIN, fresh, judgement } from './home-domain.js';
import { between, type RuleCase } from './rule-case.js';
import { ScriptedHome } from './scripted-home.js';
import { someGroup } from './some-group.js';

type OfferRule = Extract<ConnectionRule, `client.offer.${string}` | 'client.connect.self'>;

const [alice, bob] = [authority.client(), authority.client()];
const userOf = ({ credential }: typeof alice): UserId => credential.payload.clientId.user;
const box = crypto.hpke.generateKeyPair();
const packageHash = fresh();
const someId = (domain: string) => ({ uuid: crypto.random.uuid(), domain });

/** What Bob finds in an offer that Alice's credential comes with, signed with her key or another's. */
function opened({ privateKey } = alice.keys): Uint8Array {
  const account = { ...accountOf(crypto, alice), credentialKey: privateKey };
  const to = { encryptionKey: box.publicKey, hash: packageHash };
  const sealed = sealOffer(crypto, account, to, { id: someId(DOMAIN), keys: groupKeys });
  return openOffer(crypto, decode(sealedConnectionOffer, sealed), box.privateKey)!;
}

interface Arrival {
  readonly content?: Uint8Array;
  readonly sealedTo?: Uint8Array;
  readonly self?: UserId;
}

const arriving = (breaking: Arrival): RuleCase =>
  between(
    ({ content = opened(), sealedTo = packageHash, self = userOf(bob) }: Arrival) =>
      verifyOffer(crypto, content, sealedTo, { ...judgement, self, knownKeys: new Map() }),
    breaking,
    {},
  );

/** Reads from its queue the offer of a group of that domain. */
async function takeFrom(domain: string): Promise<Outcome<void>> {
  const { session, account } = await new ScriptedHome().client();
  const [made] = await makeConnectionPackages(session.context, session.work, DIRECT, 0);
  const to = {
    encryptionKey: made!.encryptionKey,
    hash: crypto.sha256(encode(connectionPackage, made!)),
  };
  const offer = sealOffer(crypto, accountOf(crypto, alice), to, { id: someId(domain), keys: groupKeys });
  const place = { queue: DIRECT, account, directories: judgement.directories };
  const [event] = await takeOffer(session, place, offer);
  if (event?.kind === 'connection-offered') return done();
  return refuse('INVALID_GROUP', event?.kind === 'offer-refused' ? { rule: event.rule } : {});
}

/** Accepts the offer of a host, which has come or has not. */
async function accept(hasCome: boolean): Promise<Outcome<string>> {
  const { home, host, offer } = await someGroup();
  const { session, account } = await home.client();
  const { clientId, publicKey: credentialKey } = host.account.credential.payload;
  const user = formatUserId(clientId.user);
  const received = { group: decode(groupOffer, offer), credentialKey, queue: DIRECT };
  if (hasCome) session.work.put(OFFER, received, user);
  return acceptOffer(session, account, user);
}

/** Cases of what is found in a queue of offers. */
export const offerCases: Record<OfferRule, RuleCase> = {
  'client.offer.decode': arriving({ content: pad(fresh()) }),
  'client.offer.package': arriving({ sealedTo: fresh() }),
  'client.offer.signature': arriving({ content: opened(bob.keys) }),
  'client.connect.self': arriving({ self: userOf(alice) }),
  'client.offer.group': between(takeFrom, 'example.org', DOMAIN),
  'client.offer.known': between(accept, false, true),
};
