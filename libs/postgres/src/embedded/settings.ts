/**
 * How the embedded clusters run, as `-c` settings of PostgreSQL 18. Three things matter, in this order: what was
 * acknowledged is on disk; neither the log nor the process list tells what was asked; and a cluster takes about 30 MB.
 */
const SETTINGS = {
  // Durable: these are defaults, and stated because nothing may override them.
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',

  // Reached by a socket in a private directory and by nothing else.
  listen_addresses: '',
  port: '5432',
  unix_socket_permissions: '0700',

  // The log is an adversary's reading (docs/protocol §9): no statements, parameters, values, times of connections.
  // ERROR ranks below LOG for the server's log, so its messages, which quote values, never get there.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_statement: 'none',
  log_duration: 'off',
  log_min_duration_statement: '-1',
  log_min_duration_sample: '-1',
  log_transaction_sample_rate: '0',
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
  log_autovacuum_min_duration: '-1',
  log_checkpoints: 'off',
  log_connections: '',
  log_disconnections: 'off',
  log_lock_waits: 'off',
  log_temp_files: '-1',
  log_line_prefix: '',
  logging_collector: 'off',
  update_process_title: 'off',

  // Small: one homeserver's own connections, no replicas, no parallel plans.
  max_connections: '60',
  shared_buffers: '16MB',
  maintenance_work_mem: '16MB',
  max_wal_size: '256MB',
  min_wal_size: '32MB',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_worker_processes: '2',
  max_parallel_workers_per_gather: '0',
  max_logical_replication_workers: '0',
  autovacuum_max_workers: '1',
  autovacuum_worker_slots: '1',
  io_method: 'sync',
  jit: 'off',

  timezone: 'UTC',
  lc_messages: 'C',
} as const;

/** The arguments of `postgres` for the cluster in `dataDirectory`, with its socket in `socketDirectory`. */
export function postgresArguments(dataDirectory: string, socketDirectory: string): string[] {
  // A list: quoted, so that a comma or space in the path does not split it.
  const quoted = `"${socketDirectory.replaceAll('"', '""')}"`;
  const settings = { ...SETTINGS, unix_socket_directories: quoted };
  return [
    '-D',
    dataDirectory,
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
}

/** Nothing of our own environment, which may hold keys: a process's environment can be read from outside. */
export const ENVIRONMENT = { LC_ALL: 'C', TZ: 'UTC' };
