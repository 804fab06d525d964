import { GraphQLScalarType, Kind } from 'graphql';
import { RefusedError } from '../errors/refused-error.js';

const DECIMAL = /^(?:0|[1-9][0-9]{0,19})$/;
const MAX = 0xffff_ffff_ffff_ffffn;

/** `UInt64`: a bigint as a decimal string without leading zeros; anything else is BAD_REQUEST. */
export const UInt64Scalar = new GraphQLScalarType<bigint, string>({
  name: 'UInt64',
  description: 'An unsigned 64-bit integer as a decimal string.',
  serialize: (value) => {
    if (typeof value !== 'bigint' || value < 0n || value > MAX)
      throw new TypeError('UInt64 serializes a u64');
    return value.toString();
  },
  parseValue: (value) => parseUInt64(value),
  parseLiteral: (node) => parseUInt64(node.kind === Kind.STRING ? node.value : undefined),
});

function parseUInt64(value: unknown): bigint {
  const parsed = typeof value === 'string' && DECIMAL.test(value) ? BigInt(value) : undefined;
  if (parsed === undefined || parsed > MAX) throw new RefusedError({ code: 'BAD_REQUEST' });
  return parsed;
}
