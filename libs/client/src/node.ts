export { FileClientStore } from './store/file-client-store.js';
export { nodeMlsEngine } from './mls/node-mls-engine.js';
