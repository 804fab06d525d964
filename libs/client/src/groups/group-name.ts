import { decode, encode, formatUuid, type GroupId, groupId, tryDecode } from '@phoenix/wire';

/** A group id written out, as this library's users and its store name groups: `uuid@domain`. */
export function formatGroupName(id: GroupId): string {
  return `${formatUuid(id.uuid)}@${id.domain}`;
}

/** The name of an MLS group_id; undefined when it is not an encoded GroupId. */
export function nameOfMlsGroup(mlsGroupId: Uint8Array): string | undefined {
  const id = tryDecode(() => decode(groupId, mlsGroupId));
  return id && formatGroupName(id);
}

/** The MLS group_id of a group. */
export function mlsGroupIdOf(id: GroupId): Uint8Array {
  return encode(groupId, id);
}
