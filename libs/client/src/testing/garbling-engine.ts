import type { Clock, PhoenixCrypto } from '@phoenix/crypto';
import { GatekeptEngine } from '../mls/gatekept-engine.js';
import type { MlsEngine } from '../mls/mls-engine.js';
import { nodeMlsProvider } from '../mls/node-provider/node-mls-provider.js';
import { tsMlsEngine } from '../mls/ts-mls-engine.js';

/** An engine whose owner does harm: see `garble`. */
export interface GarblingEngine {
  readonly engine: MlsEngine;
  /**
   * From now on its commits are signed as they should be, and seal nonsense to the others in place of path secrets: what no server
   * can tell.
   */
  garble(): void;
}

/** The engine for Node, for a member that garbles its commits. */
export async function garblingEngine(crypto: PhoenixCrypto, clock: Clock): Promise<GarblingEngine> {
  let garbles = false;
  const honest = nodeMlsProvider(crypto.random);
  const nowMs = () => clock.now();
  const engine = await tsMlsEngine(
    {
      async getCiphersuiteImpl(suite) {
        const impl = await honest.getCiphersuiteImpl(suite);
        const seal: typeof impl.hpke.seal = (recipient, plaintext, ...rest) =>
          impl.hpke.seal(recipient, garbles ? new Uint8Array(plaintext.length) : plaintext, ...rest);
        return { ...impl, hpke: { ...impl.hpke, seal } };
      },
    },
    nowMs,
  );
  return { engine: new GatekeptEngine(engine, crypto.mls, nowMs), garble: () => void (garbles = true) };
}
