/** Private-use and draft code points of the protocol (docs/protocol §2), in one place. */

/** GroupContext extension: who administers a group. */
export const EXTENSION_GROUP_POLICY = 0xf0a0;

/** GroupInfo extension: the group's keys. Only ever inside a Welcome. */
export const EXTENSION_GROUP_KEYS = 0xf0a1;

/** KeyPackage extension: where the owner's messages go. */
export const EXTENSION_QUEUE_CONFIG = 0xf0a2;

/** KeyPackage extension: may be used more than once (draft-ietf-mls-extensions, last_resort). */
export const EXTENSION_LAST_RESORT = 0x000a;
