import {
  clientCredential,
  type ClientCredential,
  type ConnectionPackage,
  connectionPackageTbs,
  connectionPackageValidity,
  encode,
  LABELS,
  signedConnectionPackage,
  startOfMonth,
} from '@phoenix/wire';
import type { ConnectionRule } from '../../connecting/connection-rule.js';
import { verifySignedPackage } from '../../connecting/take-package.js';
import { authority, crypto, judgement, NOW } from './home-domain.js';
import { between, type RuleCase } from './rule-case.js';

type PackageRule = Extract<ConnectionRule, `client.connection-package.${string}`>;

const [alice, bob] = [authority.client(), authority.client()];
const { clientId } = alice.credential.payload;
const target = { kind: 'user', user: clientId.user, written: '' } as const;

function published(content: Partial<ConnectionPackage> = {}, { privateKey } = alice.keys): Uint8Array {
  const connectionPackage: ConnectionPackage = {
    encryptionKey: crypto.hpke.generateKeyPair().publicKey,
    lifetime: connectionPackageValidity(NOW),
    lastResort: false,
    ...content,
  };
  const tbs = encode(connectionPackageTbs, { clientId, connectionPackage });
  const signature = crypto.signWithLabel(privateKey, LABELS.connectionPackage, tbs);
  return encode(signedConnectionPackage, { connectionPackage, signature });
}

/** What the AS hands out for Alice. */
interface Taken {
  readonly package: Uint8Array;
  readonly credential: ClientCredential;
}

/** The AS hands out what it should, or this in place of some of it. */
const taking = (breaking: Partial<Taken>): RuleCase =>
  between(
    (instead: Partial<Taken>) => {
      const taken = { package: published(), credential: alice.credential, ...instead };
      const encoded = { ...taken, credential: encode(clientCredential, taken.credential) };
      return verifySignedPackage(crypto, target, encoded, { ...judgement, knownKeys: new Map() });
    },
    breaking,
    {},
  );

/** Cases of whom an offer would be sealed to. */
export const connectionPackageCases: Record<PackageRule, RuleCase> = {
  'client.connection-package.decode': taking({ package: published().slice(0, -1) }),
  'client.connection-package.key': taking({ package: published({ encryptionKey: new Uint8Array(32) }) }),
  'client.connection-package.lifetime': taking({
    package: published({ lifetime: connectionPackageValidity(startOfMonth(NOW, 2)) }),
  }),
  'client.connection-package.user': taking({ credential: bob.credential }),
  'client.connection-package.signature': taking({ package: published({}, bob.keys) }),
};
