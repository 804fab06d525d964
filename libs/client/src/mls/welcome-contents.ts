import type { CiphersuiteImpl, GroupInfo, Welcome } from 'ts-mls';
import { decryptGroupInfo, decryptGroupSecrets } from 'ts-mls/welcome.js';

/**
 * The GroupInfo inside a Welcome (RFC 9420 §12.4.3.1), nothing in it verified: its signer is in the tree, which is not
 * here yet. Throws where the Welcome is not for `ref` or cannot be opened.
 */
export async function decryptWelcome(
  suite: CiphersuiteImpl,
  welcome: Welcome,
  ref: Uint8Array,
  initPrivateKey: Uint8Array,
): Promise<GroupInfo | undefined> {
  const privateKey = await suite.hpke.importPrivateKey(initPrivateKey);
  const secrets = await decryptGroupSecrets(privateKey, ref, welcome, suite.hpke);
  if (secrets === undefined || secrets.psks.length > 0) return undefined;
  return decryptGroupInfo(welcome, secrets.joinerSecret, new Uint8Array(suite.kdf.size), suite);
}
