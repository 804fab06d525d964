import type { Random } from '@phoenix/crypto';
import { shuffled } from '@phoenix/queue';
import type { PublishedPackage } from '../../domain/published-package.js';

/** Takes one of `packages` that is good in `month`: a one-time one where there is one. Answers it with what stays. */
export function takeOne(
  random: Random,
  packages: readonly PublishedPackage[],
  month: number,
): { readonly taken: PublishedPackage | undefined; readonly rest: readonly PublishedPackage[] } {
  const good = shuffled(random, packages).filter(({ lastMonth }) => lastMonth >= month);
  const taken = good.find(({ lastResort }) => !lastResort) ?? good[0];
  return { taken, rest: packages.filter((each) => each !== taken || each.lastResort) };
}
