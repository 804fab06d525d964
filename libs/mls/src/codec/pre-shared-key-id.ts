import { type Codec, DecodeError, enumeration } from '@phoenix/wire';

/** What a resumption key is for (RFC 9420 §8.4). */
export type ResumptionPskUsage = 'application' | 'reinit' | 'branch';

/** `PreSharedKeyID` (RFC 9420 §8.4). */
export type PreSharedKeyId =
  | { readonly type: 'external'; readonly pskId: Uint8Array; readonly nonce: Uint8Array }
  | {
      readonly type: 'resumption';
      readonly usage: ResumptionPskUsage;
      readonly groupId: Uint8Array;
      readonly epoch: bigint;
      readonly nonce: Uint8Array;
    };

const EXTERNAL = 1;
const RESUMPTION = 2;
const usageCodec = enumeration<ResumptionPskUsage>({ application: 1, reinit: 2, branch: 3 });

export const preSharedKeyIdCodec: Codec<PreSharedKeyId> = {
  write: (w, v) => {
    if (v.type === 'external') w.u8(EXTERNAL).opaque(v.pskId);
    else {
      usageCodec.write(w.u8(RESUMPTION), v.usage);
      w.opaque(v.groupId).u64(v.epoch);
    }
    w.opaque(v.nonce);
  },
  read: (r) => {
    const type = r.u8();
    if (type === EXTERNAL) return { type: 'external', pskId: r.opaque(), nonce: r.opaque() };
    if (type !== RESUMPTION) throw new DecodeError('unknown-value');
    return {
      type: 'resumption',
      usage: usageCodec.read(r),
      groupId: r.opaque(),
      epoch: r.u64(),
      nonce: r.opaque(),
    };
  },
};
