import type { PhoenixCrypto } from '@phoenix/crypto';
import type { ClientSecrets } from '@phoenix/client/testing';
import {
  connectionOffer,
  type ConnectionOfferTbs,
  connectionOfferTbs,
  connectionPackage,
  type ConnectionPackage,
  decode,
  encode,
  formatBase64Url,
  LABELS,
  pad,
  parseBase64Url,
  sealedConnectionOffer,
  signedConnectionPackage,
} from '@phoenix/wire';

/** What a forger has in hand when its client is about to send an honest offer. */
export interface Forgery {
  readonly crypto: PhoenixCrypto;
  readonly tbs: ConnectionOfferTbs;
  readonly taken: ConnectionPackage;
  /** The forger's credential key. */
  readonly key: Uint8Array;
}

/** An offer signed with a key and sealed to a package, whatever it says. */
export function sealTo(
  { crypto, taken }: Forgery,
  tbs: ConnectionOfferTbs,
  key: Uint8Array,
  seal: { hash?: Uint8Array; context?: Uint8Array; to?: Uint8Array } = {},
): Uint8Array {
  const signature = crypto.signWithLabel(key, LABELS.connectionOffer, encode(connectionOfferTbs, tbs));
  return sealBytes(crypto, taken, pad(encode(connectionOffer, { ...tbs, signature })), seal);
}

/** Any bytes, sealed as offers are; `hash`, `context` and `to` in place of the package's own. */
export function sealBytes(
  crypto: PhoenixCrypto,
  taken: ConnectionPackage,
  bytes: Uint8Array,
  seal: { hash?: Uint8Array; context?: Uint8Array; to?: Uint8Array } = {},
): Uint8Array {
  const packageHash = seal.hash ?? crypto.sha256(encode(connectionPackage, taken));
  const to = seal.to ?? taken.encryptionKey;
  const sealed = crypto.sealWithLabel(to, LABELS.connectionOffer, seal.context ?? packageHash, bytes);
  return encode(sealedConnectionOffer, { packageHash, sealed });
}

/** A line on which offers are exchanged for what `forge` makes, while there is one. */
export function forgingLine(crypto: PhoenixCrypto, secrets: () => Promise<ClientSecrets>) {
  let taken: ConnectionPackage | undefined;
  let forge: ((forgery: Forgery) => Uint8Array) | undefined;
  const line: typeof fetch = async (input, init) => {
    const body = new TextDecoder().decode(init!.body as Uint8Array);
    if (body.includes('{takeConnectionPackage(')) {
      const answer = await fetch(input, init);
      taken = packageIn(await answer.clone().json());
      return answer;
    }
    if (!body.includes('{enqueueConnectionOffer(') || forge === undefined || taken === undefined)
      return fetch(input, init);
    const { account, groups } = await secrets();
    const group = groups.find(({ open }) => open !== undefined)!;
    const { credential, credentialKey: key } = account;
    const packageHash = crypto.sha256(encode(connectionPackage, taken));
    const tbs = { credential, groupId: group.id, groupKeys: group.keys, packageHash };
    const request = JSON.parse(body) as { variables: { input: { offer: string } } };
    request.variables.input.offer = formatBase64Url(forge({ crypto, tbs, taken, key }));
    return fetch(input, { ...init, body: JSON.stringify(request) });
  };
  const forgeWith = (next: typeof forge) => void (forge = next);
  return { fetch: line, forgeWith };
}

function packageIn(answer: unknown): ConnectionPackage {
  const { data } = answer as { data: { takeConnectionPackage: { package: string } } };
  return decode(signedConnectionPackage, parseBase64Url(data.takeConnectionPackage.package)!)
    .connectionPackage;
}
