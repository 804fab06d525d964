import { utf8, Writer } from '@phoenix/wire';

/** The labels RFC 9420 signs under. */
export type SignatureLabel = 'FramedContentTBS' | 'LeafNodeTBS' | 'KeyPackageTBS' | 'GroupInfoTBS';

/** `SignContent`: the bytes that are signed, `"MLS 1.0 " || label` and the content, each as a vector (RFC 9420 §5.1.2). */
export function signContent(label: SignatureLabel, content: Uint8Array): Uint8Array {
  return new Writer(content.length + 64)
    .opaque(utf8(`MLS 1.0 ${label}`))
    .opaque(content)
    .finish();
}
