import { byteaArray, int4Array, type Parameter } from '@phoenix/postgres';
import type { PublishedPackage } from '../../domain/published-package.js';

/** Packages as rows `p`, from the parameters $1 to $4 that `packageColumns` makes. */
export const UNNEST_PACKAGES = `(
     SELECT d.hash, d.last_resort <> 0, d.last_month, d.package
       FROM unnest($1::bytea[], $2::int4[], $3::int4[], $4::bytea[]) AS d(hash, last_resort, last_month, package)
   ) p`;

export function packageColumns(packages: readonly PublishedPackage[]): Parameter[] {
  return [
    byteaArray(packages.map(({ hash }) => hash)),
    int4Array(packages.map(({ lastResort }) => Number(lastResort))),
    int4Array(packages.map(({ lastMonth }) => lastMonth)),
    byteaArray(packages.map(({ encoded }) => encoded)),
  ];
}
