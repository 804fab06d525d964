import type { Clock, PhoenixCrypto } from '@phoenix/crypto';
import { GatekeptEngine } from './gatekept-engine.js';
import type { MlsEngine } from './mls-engine.js';
import { nodeMlsProvider } from './node-provider/node-mls-provider.js';
import { tsMlsEngine } from './ts-mls-engine.js';

/** The engine for Node: ts-mls on node:crypto, behind the gatekeeper. */
export async function nodeMlsEngine(crypto: PhoenixCrypto, clock: Clock): Promise<MlsEngine> {
  const nowMs = () => clock.now();
  const engine = await tsMlsEngine(nodeMlsProvider(crypto.random), nowMs);
  return new GatekeptEngine(engine, crypto.mls, nowMs);
}
