import type { PhoenixCrypto } from '@phoenix/crypto';
import { concat, utf8 } from '@phoenix/wire';

const RECEIPT = utf8('fan-out receipt');

/** By what a message id is remembered, 32 bytes: what is stored leads back to no id. */
export function fanOutReceipt(crypto: PhoenixCrypto, id: Uint8Array): Uint8Array {
  return crypto.sha256(concat(RECEIPT, id));
}
