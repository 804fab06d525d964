import type { Clock, PhoenixCrypto } from '@phoenix/crypto';
import type { Hpke } from 'ts-mls';
import { GatekeptEngine } from '../mls/gatekept-engine.js';
import type { MlsEngine } from '../mls/mls-engine.js';
import { nodeMlsProvider } from '../mls/node-provider/node-mls-provider.js';
import { tsMlsEngine } from '../mls/ts-mls-engine.js';

/**
 * What is wrong with a commit that is signed as it should be, and that no server can tell from a good one: it seals nonsense
 * to the others in place of path `secrets`, or its path has `keys` that its secrets do not make.
 */
export type Garbled = 'secrets' | 'keys';

/** An engine whose owner does harm: see `garble`. */
export interface GarblingEngine {
  readonly engine: MlsEngine;
  /** From now on its commits are like this: `secrets` unless said otherwise. */
  garble(what?: Garbled): void;
  /** From now on they are as they should be. */
  relent(): void;
}

/** The engine for Node, for a member that garbles its commits. */
export async function garblingEngine(crypto: PhoenixCrypto, clock: Clock): Promise<GarblingEngine> {
  let garbled: Garbled | undefined;
  const honest = nodeMlsProvider(crypto.random);
  const nowMs = () => clock.now();
  const engine = await tsMlsEngine(
    {
      async getCiphersuiteImpl(suite) {
        const impl = await honest.getCiphersuiteImpl(suite);
        return { ...impl, hpke: garbling(impl.hpke, () => garbled) };
      },
    },
    nowMs,
  );
  return {
    engine: new GatekeptEngine(engine, crypto.mls, nowMs),
    garble: (what = 'secrets') => void (garbled = what),
    relent: () => void (garbled = undefined),
  };
}

function garbling(hpke: Hpke, garbled: () => Garbled | undefined): Hpke {
  return {
    ...hpke,
    seal: (recipient, plaintext, ...rest) =>
      hpke.seal(recipient, garbled() === 'secrets' ? new Uint8Array(plaintext.length) : plaintext, ...rest),
    async deriveKeyPair(ikm) {
      const pair = await hpke.deriveKeyPair(ikm);
      if (garbled() !== 'keys') return pair;
      const { publicKey } = await hpke.deriveKeyPair(ikm.map((byte) => byte ^ 1));
      return { ...pair, publicKey };
    },
  };
}
