import type { BackendClasses, IQueueBackend } from 'bullmq';
import type { JobBackend } from '../job-backend.js';
import { openPostgres } from './postgres-backend.js';
import { openRedis } from './redis-backend.js';

/** BullMQ on one of its backends. */
export interface OpenBackend {
  readonly bull: Pick<BackendClasses<IQueueBackend, unknown>, 'Queue' | 'Worker'>;
  /** What its queues and workers are made with. */
  readonly options: { readonly connection: unknown; readonly prefix?: string };
  /** Calls `listener` whenever the backend is there again and may have forgotten what it was told. */
  onReturn(listener: () => void): void;
  close(): void;
}

/** Loads what the backend needs, which is loaded nowhere else. */
export function openBackend(backend: JobBackend, onError: (error: unknown) => void): Promise<OpenBackend> {
  return backend.kind === 'postgres' ? openPostgres(backend) : openRedis(backend, onError);
}
