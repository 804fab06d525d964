import { type CodecValue, fixed, friendshipKeys, struct, userId } from '@phoenix/wire';

/**
 * What two people hand each other out of band, as a code to scan: who we are, how to reach and recognise us, and
 * `root`, the fingerprint of the AS root that our credential hangs on, so that an AS that shows its users different
 * roots is noticed. Whoever has it can add us to groups: it is for friends only.
 */
export const contactCard = struct({ userId, keys: friendshipKeys, root: fixed(32) });
export type ContactCard = CodecValue<typeof contactCard>;
