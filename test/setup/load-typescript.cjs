/**
 * Loads a TypeScript module of this repository into Jest's own process, before any of its transforms applies: so that
 * the tests' database is started by our launcher's sources, without a build.
 */
const { existsSync, readFileSync } = require('node:fs');
const Module = require('node:module');
const { join } = require('node:path');
const { transformSync } = require('@swc/core');

const OPTIONS = {
  swcrc: false,
  module: { type: 'commonjs' },
  jsc: { target: 'es2023', parser: { syntax: 'typescript', decorators: true } },
};

function loadTypescript(path) {
  const resolve = Module._resolveFilename;
  Module._extensions['.ts'] = (module, filename) => {
    module._compile(transformSync(readFileSync(filename, 'utf8'), { ...OPTIONS, filename }).code, filename);
  };
  Module._resolveFilename = function (request, parent, ...rest) {
    // Relative imports carry a `.js` suffix; the source beside them is TypeScript.
    const source = join(parent?.path ?? '', request.replace(/\.js$/, '.ts'));
    const ours = request.startsWith('.') && existsSync(source);
    return resolve.call(this, ours ? source : request, parent, ...rest);
  };
  try {
    return require(path);
  } finally {
    Module._resolveFilename = resolve;
    delete Module._extensions['.ts'];
  }
}

module.exports = { loadTypescript };
