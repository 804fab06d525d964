import { mapped, opaque, utf8 } from '@phoenix/wire';

/** Text as UTF-8. */
export const text = mapped(opaque(), (bytes) => new TextDecoder().decode(bytes), utf8);
