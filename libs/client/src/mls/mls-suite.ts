import type { Capabilities } from 'ts-mls';

/** The one suite (docs/protocol §2), by ts-mls's name. */
export const MLS_SUITE = 'MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519';

/** Marks a KeyPackage that may be used more than once (draft-ietf-mls-extensions, `last_resort`). */
export const LAST_RESORT = 0x000a;

const GROUP_POLICY = 0xf0a0;
const QUEUE_CONFIG = 0xf0a2;

/** The same in every leaf: a difference would tell clients apart (docs/protocol §3). */
export const CAPABILITIES: Capabilities = {
  versions: ['mls10'],
  ciphersuites: [MLS_SUITE],
  extensions: [LAST_RESORT, GROUP_POLICY, QUEUE_CONFIG],
  proposals: [],
  credentials: ['basic'],
};
