import { type CodecValue, list, opaque, struct, u16 } from '@phoenix/wire';
import { hpkeCiphertextCodec } from './hpke-ciphertext.js';

/** `EncryptedGroupSecrets`: the secrets for the joiner whose KeyPackage has this reference (RFC 9420 §12.4.3.1). */
export const encryptedGroupSecretsCodec = struct({
  newMember: opaque(),
  encryptedGroupSecrets: hpkeCiphertextCodec,
});
export type EncryptedGroupSecrets = CodecValue<typeof encryptedGroupSecretsCodec>;

/** `Welcome`, as far as it can be read without a joiner's keys (RFC 9420 §12.4.3.1). */
export const welcomeCodec = struct({
  cipherSuite: u16,
  secrets: list(encryptedGroupSecretsCodec),
  encryptedGroupInfo: opaque(),
});
export type Welcome = CodecValue<typeof welcomeCodec>;
