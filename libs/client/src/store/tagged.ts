import { type Codec, DecodeError } from '@phoenix/wire';

/** A union of `M`'s structs, each with its name as `kind`. */
export type Tagged<M> = { [K in keyof M & string]: { readonly kind: K } & M[K] }[keyof M & string];

/** A union told apart by its first octet: each `kind` with that octet and the codec of the rest. */
export function tagged<M extends Record<string, object>>(variants: {
  [K in keyof M & string]: readonly [octet: number, Codec<M[K]>];
}): Codec<Tagged<M>> {
  const kinds = Object.keys(variants) as (keyof M & string)[];
  return {
    write: (writer, value) => {
      const [octet, codec] = variants[value.kind];
      codec.write(writer.u8(octet), value);
    },
    read: (reader) => {
      const octet = reader.u8();
      const kind = kinds.find((name) => variants[name][0] === octet);
      if (kind === undefined) throw new DecodeError('unknown-value');
      return { kind, ...variants[kind][1].read(reader) };
    },
  };
}
