export { Aead, AEAD_TAG_LENGTH } from './ports/aead.js';
export { Clock } from './ports/clock.js';
export { Hash } from './ports/hash.js';
export { Hpke, type HpkeCiphertext } from './ports/hpke.js';
export { KeyVault, VaultError, type StoreKey, type VaultSigningKey } from './ports/key-vault.js';
export { Random } from './ports/random.js';
export { Signer, type KeyPair } from './ports/signer.js';
export { PhoenixCrypto, type CryptoPorts } from './phoenix/phoenix-crypto.js';
export { wipe } from './phoenix/wipe.js';
export { nodeCrypto } from './node/node-crypto.js';
export { NodeRandom } from './node/node-random.js';
export { SystemClock } from './node/system-clock.js';
export { FileKeyVault } from './vault/file-key-vault.js';
export {
  OpaqueClient,
  type OpaqueIdentities,
  type OpaqueLoginRequest,
  OpaqueServer,
  type StartedOpaqueLogin,
  type StartedOpaqueRegistration,
} from './ports/opaque.js';
export {
  type KeyStretching,
  SerenityOpaqueClient,
  STRONG_STRETCHING,
} from './opaque/serenity-opaque-client.js';
export { SerenityOpaqueServer } from './opaque/serenity-opaque-server.js';
