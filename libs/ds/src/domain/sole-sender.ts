import { type Extension, ExtensionType, externalSendersCodec, findExtension } from '@phoenix/mls';
import { read } from './read.js';

/** The one key that external_senders lists; undefined unless it lists exactly one. */
export function soleSender(extensions: readonly Extension[]): Uint8Array | undefined {
  const data = findExtension(extensions, ExtensionType.externalSenders);
  const [sender, ...others] = (data && read(externalSendersCodec, data)) ?? [];
  return others.length === 0 ? sender?.signatureKey : undefined;
}
