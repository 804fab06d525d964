export { type DequeuedEntry, QueueReader, type QueueReading, type QueueStep } from './queue/queue-reader.js';
