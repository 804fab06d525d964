import { type Codec, DecodeError } from '@phoenix/wire';
import { type GroupInfo, groupInfoCodec } from './group-info.js';
import { type UnverifiedKeyPackage, keyPackageCodec } from './key-package.js';
import { type PrivateMessage, privateMessageCodec } from './private-message.js';
import { protocolVersionCodec, MLS10 } from './protocol-version.js';
import { type PublicMessage, publicMessageCodec } from './public-message.js';
import { type Welcome, welcomeCodec } from './welcome.js';
import { WireFormat } from './wire-format.js';

/** `MLSMessage`: the envelope everything travels in (RFC 9420 §6). */
export type MlsMessage =
  | { readonly type: 'publicMessage'; readonly publicMessage: PublicMessage }
  | { readonly type: 'privateMessage'; readonly privateMessage: PrivateMessage }
  | { readonly type: 'welcome'; readonly welcome: Welcome }
  | { readonly type: 'groupInfo'; readonly groupInfo: GroupInfo }
  | { readonly type: 'keyPackage'; readonly keyPackage: UnverifiedKeyPackage };

export const mlsMessageCodec: Codec<MlsMessage> = {
  write: (w, v) => {
    w.u16(MLS10).u16(WireFormat[v.type]);
    if (v.type === 'publicMessage') publicMessageCodec.write(w, v.publicMessage);
    else if (v.type === 'privateMessage') privateMessageCodec.write(w, v.privateMessage);
    else if (v.type === 'welcome') welcomeCodec.write(w, v.welcome);
    else if (v.type === 'groupInfo') groupInfoCodec.write(w, v.groupInfo);
    else keyPackageCodec.write(w, v.keyPackage);
  },
  read: (r) => {
    protocolVersionCodec.read(r);
    const format = r.u16();
    if (format === WireFormat.publicMessage)
      return { type: 'publicMessage', publicMessage: publicMessageCodec.read(r) };
    if (format === WireFormat.privateMessage)
      return { type: 'privateMessage', privateMessage: privateMessageCodec.read(r) };
    if (format === WireFormat.welcome) return { type: 'welcome', welcome: welcomeCodec.read(r) };
    if (format === WireFormat.groupInfo) return { type: 'groupInfo', groupInfo: groupInfoCodec.read(r) };
    if (format === WireFormat.keyPackage) return { type: 'keyPackage', keyPackage: keyPackageCodec.read(r) };
    throw new DecodeError('unknown-value');
  },
};
