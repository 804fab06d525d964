export { type ScheduledJob } from './scheduled-job.js';
