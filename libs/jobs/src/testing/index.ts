export { jobsConformance } from './jobs.conformance.js';
export { readTraces, type Trace } from './read-traces.js';
export { RedisServer } from './redis-server.js';
