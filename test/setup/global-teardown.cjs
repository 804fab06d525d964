/** Stops what global-setup.cjs started. */
const { rmSync } = require('node:fs');

module.exports = async () => {
  globalThis.phoenixTestRedis?.stop();
  const { cluster, directory } = globalThis.phoenixTestCluster ?? {};
  await cluster?.stop();
  if (directory) rmSync(directory, { recursive: true, force: true });
};
