import { decode, list, opaque, optional, struct, utf8, Writer } from '@phoenix/wire';
import { type GroupInfo, groupInfoCodec } from '../codec/group-info.js';
import { preSharedKeyIdCodec } from '../codec/pre-shared-key-id.js';
import type { UnverifiedKeyPackage } from '../codec/key-package.js';
import type { Welcome } from '../codec/welcome.js';
import { keyPackageRef } from '../crypto/ref-hash.js';
import { nodeMlsCrypto } from './node-mls-crypto.js';
import { VectorHpke } from './vector-hpke.js';

/** `GroupSecrets` (RFC 9420 §12.4.3.1): what a joiner opens, and this library's production code never sees. */
export const groupSecretsCodec = struct({
  joinerSecret: opaque(),
  pathSecret: optional(struct({ pathSecret: opaque() })),
  psks: list(preSharedKeyIdCodec),
});

export interface Joiner {
  readonly keyPackage: UnverifiedKeyPackage;
  readonly initPrivateKey: Uint8Array;
  /** The external PSKs it holds, by id in hex. */
  readonly psks: ReadonlyMap<string, Uint8Array>;
}

/** The GroupInfo inside a Welcome, for vectors that start from one (RFC 9420 §12.4.3.1, §8.4). */
export function openWelcome(welcome: Welcome, { keyPackage, initPrivateKey, psks }: Joiner): GroupInfo {
  const hpke = new VectorHpke(welcome.cipherSuite);
  const reference = Buffer.from(keyPackageRef(nodeMlsCrypto(welcome.cipherSuite), keyPackage));
  const own = welcome.secrets.find(({ newMember }) => reference.equals(newMember))!;
  const info = new Writer().opaque(utf8('MLS 1.0 Welcome')).opaque(welcome.encryptedGroupInfo).finish();
  const { kemOutput, ciphertext } = own.encryptedGroupSecrets;
  const secrets = decode(groupSecretsCodec, hpke.open(initPrivateKey, kemOutput, ciphertext, info));

  let pskSecret: Uint8Array = new Uint8Array(hpke.hashLength);
  for (const [index, id] of secrets.psks.entries()) {
    if (id.type !== 'external') throw new Error('a resumption PSK, of which a vector tells nothing');
    const extracted = hpke.extract(
      new Uint8Array(hpke.hashLength),
      psks.get(Buffer.from(id.pskId).toString('hex'))!,
    );
    const label = new Writer();
    preSharedKeyIdCodec.write(label, id);
    const context = label.u16(index).u16(secrets.psks.length).finish();
    pskSecret = hpke.extract(
      expandWithLabel(hpke, extracted, 'derived psk', context, hpke.hashLength),
      pskSecret,
    );
  }
  const member = hpke.extract(secrets.joinerSecret, pskSecret);
  const welcomeSecret = expandWithLabel(hpke, member, 'welcome', new Uint8Array(0), hpke.hashLength);
  const key = expandWithLabel(hpke, welcomeSecret, 'key', new Uint8Array(0), hpke.keyLength);
  const nonce = expandWithLabel(hpke, welcomeSecret, 'nonce', new Uint8Array(0), 12);
  return decode(groupInfoCodec, hpke.openAead(key, nonce, welcome.encryptedGroupInfo));
}

/** `ExpandWithLabel` (RFC 9420 §8). */
function expandWithLabel(
  hpke: VectorHpke,
  secret: Uint8Array,
  label: string,
  context: Uint8Array,
  length: number,
): Uint8Array {
  const info = new Writer()
    .u16(length)
    .opaque(utf8(`MLS 1.0 ${label}`))
    .opaque(context)
    .finish();
  return hpke.expand(secret, info, length);
}
