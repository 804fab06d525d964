import { mlsMessageCodec } from '@phoenix/mls';
import { decode, tryDecode } from '@phoenix/wire';
import { nameOfMlsGroup } from '../groups/group-name.js';

/** Which group an MLSMessage is for, by name, and the leaf that it says it is from, if it says so in the clear. */
export interface Address {
  readonly group: string;
  readonly sender: number | undefined;
}

/** Reads what stands outside of an MLSMessage; undefined where it is none of a group whose name we could know. */
export function readAddress(payload: Uint8Array): Address | undefined {
  const message = tryDecode(() => decode(mlsMessageCodec, payload));
  if (message?.type === 'privateMessage') {
    const group = nameOfMlsGroup(message.privateMessage.groupId);
    return group === undefined ? undefined : { group, sender: undefined };
  }
  if (message?.type !== 'publicMessage') return undefined;
  const { groupId, sender } = message.publicMessage.content;
  const group = nameOfMlsGroup(groupId);
  if (group === undefined) return undefined;
  return { group, sender: sender.type === 'member' ? sender.leafIndex : undefined };
}
