/** The client's half of OPAQUE alone: it runs in browsers, where the main entrance of this library does not. */
export {
  OpaqueClient,
  type OpaqueIdentities,
  type StartedOpaqueLogin,
  type StartedOpaqueRegistration,
} from './ports/opaque.js';
export {
  type KeyStretching,
  SerenityOpaqueClient,
  STRONG_STRETCHING,
} from './opaque/serenity-opaque-client.js';
