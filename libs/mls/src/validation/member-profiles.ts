import { decode, encode, equal, Reader } from '@phoenix/wire';
import { type Capabilities, capabilitiesCodec } from '../codec/capabilities.js';
import { credentialCodec, CredentialType } from '../codec/credential.js';
import type { LeafNode } from '../codec/leaf-node.js';
import type { TreeNodes } from '../tree/stored-node.js';
import { checkCapabilities, type MemberRequirements } from './member-requirements.js';
import type { RuleId } from './rules.js';

/** What of the members decides whether they can be in one group; mostly it is one profile for all of them. */
export interface MemberProfiles {
  readonly credentialTypes: ReadonlySet<number>;
  readonly capabilities: readonly Capabilities[];
}

/** The distinct profiles of a tree's leaves, read from their bytes without decoding the rest. */
export function memberProfiles(nodes: TreeNodes): MemberProfiles {
  const credentialTypes = new Set<number>();
  const encoded: Uint8Array[] = [];
  for (let node = 0; node < nodes.length; node += 2) {
    const stored = nodes[node];
    if (stored === undefined) continue;
    const profile = readProfile(stored.bytes);
    credentialTypes.add(profile.credentialType);
    if (!encoded.some((known) => equal(known, profile.capabilities))) encoded.push(profile.capabilities);
  }
  return { credentialTypes, capabilities: encoded.map((bytes) => decode(capabilitiesCodec, bytes)) };
}

function readProfile(leaf: Uint8Array): { credentialType: number; capabilities: Uint8Array } {
  const reader = new Reader(leaf.subarray(1));
  reader.opaque();
  reader.opaque();
  const credentialType = CredentialType[credentialCodec.read(reader).type];
  const start = reader.position;
  for (let list = 0; list < 5; list++) reader.opaque();
  return { credentialType, capabilities: reader.slice(start) };
}

/** All members can be in one group: each supports every credential in use, and what the group requires (RFC 9420 §7.3, §12.1.7). */
export function checkProfiles(
  profiles: MemberProfiles,
  requirements: MemberRequirements,
): RuleId | undefined {
  const types = [...profiles.credentialTypes];
  for (const capabilities of profiles.capabilities) {
    if (!types.every((type) => capabilities.credentials.includes(type))) return 'mls.7.3-credential-by-all';
    const rule = checkCapabilities(capabilities, requirements);
    if (rule !== undefined) return rule;
  }
  return undefined;
}

/** Whether a leaf fits into a group wherever the other one does. */
export function hasProfileOf(leaf: LeafNode, other: LeafNode): boolean {
  return (
    leaf.credential.type === other.credential.type &&
    equal(encode(capabilitiesCodec, leaf.capabilities), encode(capabilitiesCodec, other.capabilities))
  );
}
