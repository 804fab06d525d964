import { type Codec, DecodeError } from '@phoenix/wire';
import { type Lifetime, lifetimeCodec } from './lifetime.js';

/** How a leaf came to be, with what only that way carries (RFC 9420 §7.2). */
export type LeafNodeSource =
  | { readonly type: 'key_package'; readonly lifetime: Lifetime }
  | { readonly type: 'update' }
  | { readonly type: 'commit'; readonly parentHash: Uint8Array };

const KEY_PACKAGE = 1;
const UPDATE = 2;
const COMMIT = 3;

export const leafNodeSourceCodec: Codec<LeafNodeSource> = {
  write: (w, v) => {
    if (v.type === 'key_package') lifetimeCodec.write(w.u8(KEY_PACKAGE), v.lifetime);
    else if (v.type === 'commit') w.u8(COMMIT).opaque(v.parentHash);
    else w.u8(UPDATE);
  },
  read: (r) => {
    const type = r.u8();
    if (type === KEY_PACKAGE) return { type: 'key_package', lifetime: lifetimeCodec.read(r) };
    if (type === UPDATE) return { type: 'update' };
    if (type === COMMIT) return { type: 'commit', parentHash: r.opaque() };
    throw new DecodeError('unknown-value');
  },
};
