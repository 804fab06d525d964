export { buildKeyPackage, type BuiltKeyPackage, type KeyPackageFields } from './build-key-package.js';
export { buildLeafNode, CAPABILITIES, type LeafFields } from './build-leaf-node.js';
export { externalPub } from './build-path.js';
export { nodeMlsCrypto } from './node-mls-crypto.js';
export {
  externalCommit,
  join,
  processExternal,
  type ScriptedExternalCommit,
} from './scripted-external-commit.js';
export { type ScriptedCommit, ScriptedGroup } from './scripted-group.js';
export { propose, stored, update } from './scripted-proposal.js';
export { SeededBytes } from './seeded-bytes.js';
export { type SigningKey, signingKey } from './signing-key.js';
export { RULE_CASES as MLS_RULE_CASES } from './rule-cases/index.js';
