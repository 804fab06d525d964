declare const verified: unique symbol;

/**
 * A `T` that passed its checks. Only the function that checks it makes one, so what takes a `Verified` value
 * cannot be handed one straight from a decoder.
 */
export type Verified<T> = T & { readonly [verified]: true };
