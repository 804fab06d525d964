import type { Random } from '@phoenix/crypto';

const DAY_MS = 86_400_000;
const EARLIEST_MS = 21 * DAY_MS;
const SPREAD_MS = 14 * DAY_MS;

/**
 * When what ends at `notAfter` (UTC seconds) is replaced, in UTC milliseconds: one to three weeks before, drawn at random, so that what
 * was made together is not seen to be replaced together.
 */
export function drawDue(random: Random, notAfter: bigint): bigint {
  const [high = 0, middle = 0, low = 0] = random.bytes(3);
  const part = (high * 0x10000 + middle * 0x100 + low) / 0x1000000;
  return notAfter * 1000n - BigInt(EARLIEST_MS) + BigInt(Math.floor(part * SPREAD_MS));
}
