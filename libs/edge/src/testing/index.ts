export { nonceStoreConformance, type NonceWorld } from './nonce-store.conformance.js';
export { type EdgeAnswer, EdgeCaller, type EdgeCallerOptions, readAnswer } from './edge-caller.js';
export { type SignatureFields, signFields, type SignFieldsOptions, type TestKey } from './sign-fields.js';
export { SignedRequests } from './signed-requests.js';
