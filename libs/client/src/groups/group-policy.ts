import { type Extension, findExtension, groupContextCodec } from '@phoenix/mls';
import { decode, encode, equal, EXTENSION_GROUP_POLICY, groupPolicy, tryDecode } from '@phoenix/wire';
import type { MlsGroup } from '../mls/mls-group.js';

/** The pseudonyms that administer the group; none where its policy is no policy. */
export function adminsOf(mls: Pick<MlsGroup, 'groupContext'>): Uint8Array[] {
  return adminsIn(contextExtensions(mls));
}

/** The pseudonyms that these GroupContext extensions name as admins. */
export function adminsIn(extensions: readonly Extension[]): Uint8Array[] {
  const data = findExtension(extensions, EXTENSION_GROUP_POLICY);
  return (data && tryDecode(() => decode(groupPolicy, data))?.admins) ?? [];
}

/**
 * The GroupContext extensions with other admins in the GroupPolicy, for a GroupContextExtensions proposal: these are all that
 * the next epoch has, so the others are kept. Undefined when the admins are the same.
 */
export function withAdmins(mls: MlsGroup, admins: readonly Uint8Array[]): Extension[] | undefined {
  const before = adminsOf(mls);
  if (before.length === admins.length && before.every((admin, i) => equal(admin, admins[i]!)))
    return undefined;
  const data = encode(groupPolicy, { admins: [...admins] });
  return contextExtensions(mls).map((extension) =>
    extension.type === EXTENSION_GROUP_POLICY ? { type: extension.type, data } : extension,
  );
}

/** The extensions of the current epoch's GroupContext. */
export function contextExtensions(mls: Pick<MlsGroup, 'groupContext'>): Extension[] {
  return decode(groupContextCodec, mls.groupContext()).extensions;
}

export function isAmong(pseudonyms: readonly Uint8Array[], pseudonym: Uint8Array): boolean {
  return pseudonyms.some((one) => equal(one, pseudonym));
}
