import { describeClientStore } from '../testing/client-store.conformance.js';
import { MemoryClientStore } from './memory-client-store.js';

describeClientStore('MemoryClientStore', () => Promise.resolve(new MemoryClientStore()));
