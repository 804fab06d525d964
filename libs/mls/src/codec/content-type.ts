import { enumeration } from '@phoenix/wire';

/** `ContentType` (RFC 9420 §6). */
export type ContentType = 'application' | 'proposal' | 'commit';
export const contentTypeCodec = enumeration<ContentType>({ application: 1, proposal: 2, commit: 3 });
