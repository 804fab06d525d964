import { PhoenixCrypto } from '../phoenix/phoenix-crypto.js';
import type { Random } from '../ports/random.js';
import { NodeAead } from './node-aead.js';
import { NodeHash } from './node-hash.js';
import { NodeHpke } from './node-hpke.js';
import { NodeRandom } from './node-random.js';
import { NodeSigner } from './node-signer.js';

/** All of it on node:crypto. */
export function nodeCrypto(random: Random = new NodeRandom()): PhoenixCrypto {
  const hash = new NodeHash();
  return new PhoenixCrypto({
    hash,
    random,
    signer: new NodeSigner(random),
    hpke: new NodeHpke(hash, random),
    aead: new NodeAead(),
  });
}
