import { clientCredential, type ClientCredential, encode } from '@phoenix/wire';
import type { CredentialRule } from '../../credentials/credential-rule.js';
import { followKeySuccession, issueKeySuccession } from '../../credentials/key-succession.js';
import { type Judgement, verifyClientCredential } from '../../credentials/verify-client-credential.js';
import { verifyOwnCredential } from '../../credentials/verify-own-credential.js';
import { CredentialAuthority } from '../credential-authority.js';
import { authority, crypto, directories, DOMAIN, judgement, NOW } from './home-domain.js';
import { between, type RuleCase } from './rule-case.js';
import { ScriptedHome } from './scripted-home.js';

type OfCredentials = Exclude<
  Extract<CredentialRule, `client.credential.${string}`>,
  'client.credential.decode'
>;
type CaseRule = OfCredentials | 'client.succession.missing';

const DAY = 86_400_000;
const { credential, keys } = authority.client();
const { payload } = credential;

/** A credential that is judged, or another one in its place. */
const instead = (other: ClientCredential): RuleCase =>
  between((judged) => verifyClientCredential(crypto, judged, judgement), other, credential);

/** A credential that is judged by these circumstances, or by the usual ones. */
const under = (other: Partial<Judgement>): RuleCase =>
  between(
    (more: Partial<Judgement>) => verifyClientCredential(crypto, credential, { ...judgement, ...more }),
    other,
    {},
  );

const elsewhere = new CredentialAuthority(crypto, 'example.org', NOW).client().credential.payload;
const impostor = new CredentialAuthority(crypto, DOMAIN, NOW);
const endless = { ...payload.expiration, notAfter: payload.expiration.notAfter * 2n };
const otherKey = crypto.signer.generateKeyPair();

/** Whether a successor is followed on the word of the holder of that private key. */
function onTheWordOf(privateKey: Uint8Array) {
  const succession = issueKeySuccession(crypto, { credential, privateKey }, otherKey.publicKey);
  const next = { payload: { ...payload, publicKey: otherKey.publicKey } };
  return followKeySuccession(crypto, payload, next, [succession]);
}

/** Cases of who is vouched for. */
export const credentialCases: Record<CaseRule, RuleCase> = {
  'client.credential.domain': instead(authority.client({ clientId: elsewhere.clientId }).credential),
  'client.credential.signer': instead(impostor.client().credential),
  'client.credential.revoked': under({
    directories: directories([crypto.sha256(encode(clientCredential, credential))]),
  }),
  'client.credential.nesting': instead(authority.client({ expiration: endless }).credential),
  'client.credential.expired': under({ nowMs: NOW + 150 * DAY }),
  'client.credential.self-signature': instead(authority.sign(payload, new Uint8Array(64))),
  'client.credential.signature': instead({ ...credential, signature: new Uint8Array(64) }),
  'client.credential.own': between(
    async (publicKey: Uint8Array) => {
      const { session } = await new ScriptedHome().client();
      return verifyOwnCredential(session.context, credential, { ...payload, publicKey });
    },
    otherKey.publicKey,
    payload.publicKey,
  ),
  'client.succession.missing': between(onTheWordOf, otherKey.privateKey, keys.privateKey),
};
