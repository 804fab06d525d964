import { join } from 'node:path';
import { EmbeddedPostgres, type EmbeddedOptions } from './embedded-postgres.js';

/** Several clusters that live and end together. */
export interface Clusters<Name extends string> {
  readonly clusters: Readonly<Record<Name, EmbeddedPostgres>>;
  /** Stops all of them, in parallel. */
  stop(): Promise<void>;
}

/**
 * Starts one embedded cluster a name, in parallel, each in `<directory>/<name>`. When one cannot start the others are
 * stopped again and its error is thrown.
 */
export async function startClusters<Name extends string>(
  directory: string,
  names: readonly Name[],
  options: Omit<EmbeddedOptions, 'directory'> = {},
): Promise<Clusters<Name>> {
  const start = (name: Name) => EmbeddedPostgres.start({ ...options, directory: join(directory, name) });
  const results = await Promise.allSettled(names.map(start));
  const started = results.filter((result) => result.status === 'fulfilled').map(({ value }) => value);
  const stop = async () => {
    await Promise.all(started.map((cluster) => cluster.stop()));
  };
  const failed = results.find((result) => result.status === 'rejected');
  if (failed !== undefined) {
    await stop();
    throw failed.reason;
  }
  const clusters = Object.fromEntries(
    names.map((name, index) => [name, started[index]]),
  ) as Clusters<Name>['clusters'];
  return { clusters, stop };
}
