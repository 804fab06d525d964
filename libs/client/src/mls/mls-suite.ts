import { EXTENSION_GROUP_POLICY, EXTENSION_LAST_RESORT, EXTENSION_QUEUE_CONFIG } from '@phoenix/wire';
import type { Capabilities } from 'ts-mls';

/** The one suite (docs/protocol §2), by ts-mls's name. */
export const MLS_SUITE = 'MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519';

/** The same in every leaf: a difference would tell clients apart (docs/protocol §3). */
export const CAPABILITIES: Capabilities = {
  versions: ['mls10'],
  ciphersuites: [MLS_SUITE],
  extensions: [EXTENSION_LAST_RESORT, EXTENSION_GROUP_POLICY, EXTENSION_QUEUE_CONFIG],
  proposals: [],
  credentials: ['basic'],
};
