export { Jobs } from './jobs.js';
export { type JobBackend } from './job-backend.js';
export { type Retries } from './job-queue.js';
export { type JobReports } from './job-reports.js';
export { type ScheduledJob } from './scheduled-job.js';
export { type RedisPersistence, redisPersistence } from './backends/redis-persistence.js';
