export { readVectors, unhex } from './vectors.js';
export { keyVaultConformance } from './key-vault.conformance.js';
export { lightOpaqueClient } from './light-opaque-client.js';
export { MemoryKeyVault } from './memory-key-vault.js';
export { SeededRandom } from './seeded-random.js';
export { TestClock } from './test-clock.js';
