import {
  type Extension,
  extensionsCodec,
  type HpkeCiphertext,
  type UpdatePath,
  type UpdatePathNode,
} from '@phoenix/mls';
import { encode } from '@phoenix/wire';
import type { DsRuleId } from './rules.js';

/** HPKE with X25519 and AES-128-GCM, of a path secret of SHA-256's length (RFC 9420 §7.4, RFC 9180 §4.1). */
const PATH_SECRET = { kemOutput: 32, ciphertext: 32 + 16 };
/** Of a KeyPackage's own extensions: a sealed queue config, and what clients add to look like others. */
const MAX_PACKAGE_EXTENSIONS = 2 * 1024;
/** Of a Welcome: a GroupInfo whose context is as large as it may be, and so much for each that it invites. */
const MAX_WELCOME = { group: 128 * 1024, secrets: 512 };

/**
 * Rule `ds.commit.path-secrets`. What nobody in the group can open would go into every member's queue all the same, and a
 * thousand times a few megabytes is what one request may not cost.
 */
export function checkPathSecrets(path: UpdatePath | undefined): DsRuleId | undefined {
  if (path === undefined) return undefined;
  const isUsual = ({ kemOutput, ciphertext }: HpkeCiphertext): boolean =>
    kemOutput.length === PATH_SECRET.kemOutput && ciphertext.length === PATH_SECRET.ciphertext;
  const areUsual = path.nodes.every((node: UpdatePathNode) => node.encryptedPathSecrets.every(isUsual));
  return areUsual ? undefined : 'ds.commit.path-secrets';
}

/** Rule `ds.add.size`; a KeyPackage's leaf has a rule of its own. */
export function checkPackageSizes(
  added: readonly { readonly keyPackage: { readonly extensions: readonly Extension[] } }[],
): DsRuleId | undefined {
  const isLarge = ({ keyPackage: { extensions } }: (typeof added)[number]): boolean =>
    encode(extensionsCodec, [...extensions]).length > MAX_PACKAGE_EXTENSIONS;
  return added.some(isLarge) ? 'ds.add.size' : undefined;
}

/** Rule `ds.add.welcome-size`: everybody who is invited gets the whole of it. */
export function checkWelcomeSize(welcome: Uint8Array, invited: number): DsRuleId | undefined {
  const limit = MAX_WELCOME.group + MAX_WELCOME.secrets * invited;
  return welcome.length > limit ? 'ds.add.welcome-size' : undefined;
}
