import { isAlias } from '../ids/alias.js';
import { isDomain } from '../ids/domain.js';

/** Whose key signs a request: the part of a `keyid` before its colon (docs/protocol §4). */
export const KEY_KINDS = ['client', 'alias', 'qs-user', 'qs-client', 'leaf', 'joiner'] as const;
export type KeyKind = (typeof KEY_KINDS)[number];

/** A `keyid`, e.g. `{ kind: 'leaf', name: '7' }` for `leaf:7`. The name is in its kind's one canonical form. */
export interface KeyId {
  readonly kind: KeyKind;
  readonly name: string;
}

const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const UUID_NAME = new RegExp(`^${UUID}$`);
const CLIENT_NAME = new RegExp(`^${UUID}\\.${UUID}@`);
const LEAF_NAME = /^(?:0|[1-9][0-9]{0,9})$/;
/** 32 bytes as base64url: the last character carries four bits, so its two low bits are zero. */
const REFERENCE_NAME = /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/;
const MAX_LEAF = 0xffff_ffff;

const IS_NAME: Record<KeyKind, (name: string) => boolean> = {
  client: (name) => CLIENT_NAME.test(name) && isDomain(name.slice(name.indexOf('@') + 1)),
  alias: isAlias,
  'qs-user': (name) => UUID_NAME.test(name),
  'qs-client': (name) => UUID_NAME.test(name),
  leaf: (name) => LEAF_NAME.test(name) && Number(name) <= MAX_LEAF,
  joiner: (name) => REFERENCE_NAME.test(name),
};

/** `kind:name`. */
export function formatKeyId(id: KeyId): string {
  return `${id.kind}:${id.name}`;
}

/** The key id written as `kind:name`; undefined for an unknown kind or a name that is not in its kind's form. */
export function parseKeyId(text: string): KeyId | undefined {
  const colon = text.indexOf(':');
  const kind = KEY_KINDS.find((known) => known === text.slice(0, Math.max(colon, 0)));
  const name = text.slice(colon + 1);
  return kind !== undefined && IS_NAME[kind](name) ? { kind, name } : undefined;
}
