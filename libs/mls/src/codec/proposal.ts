import { type Codec, DecodeError, mapped, opaque, type Reader, u32, type Writer } from '@phoenix/wire';
import { type Extension, extensionsCodec } from './extension.js';
import { type UnverifiedKeyPackage, keyPackageCodec } from './key-package.js';
import { type LeafNode, leafNodeCodec } from './leaf-node.js';
import { type PreSharedKeyId, preSharedKeyIdCodec } from './pre-shared-key-id.js';
import { ProposalType, type ProposalTypeName } from './proposal-type.js';
import { type ReInit, reInitCodec } from './re-init.js';

/** `Proposal` (RFC 9420 §12.1). One of another type (GREASE included) has no known length: see `ProposalOrRef`. */
export type Proposal =
  | { readonly type: 'add'; readonly keyPackage: UnverifiedKeyPackage }
  | { readonly type: 'update'; readonly leafNode: LeafNode }
  | { readonly type: 'remove'; readonly removed: number }
  | { readonly type: 'psk'; readonly psk: PreSharedKeyId }
  | { readonly type: 'reinit'; readonly reInit: ReInit }
  | { readonly type: 'external_init'; readonly kemOutput: Uint8Array }
  | { readonly type: 'group_context_extensions'; readonly extensions: Extension[] };

type Of<T extends ProposalTypeName> = Extract<Proposal, { type: T }>;

const bodies: { readonly [T in ProposalTypeName]: Codec<Of<T>> } = {
  add: mapped(
    keyPackageCodec,
    (keyPackage) => ({ type: 'add', keyPackage }),
    (p) => p.keyPackage,
  ),
  update: mapped(
    leafNodeCodec,
    (leafNode) => ({ type: 'update', leafNode }),
    (p) => p.leafNode,
  ),
  remove: mapped(
    u32,
    (removed) => ({ type: 'remove', removed }),
    (p) => p.removed,
  ),
  psk: mapped(
    preSharedKeyIdCodec,
    (psk) => ({ type: 'psk', psk }),
    (p) => p.psk,
  ),
  reinit: mapped(
    reInitCodec,
    (reInit) => ({ type: 'reinit', reInit }),
    (p) => p.reInit,
  ),
  external_init: mapped(
    opaque(),
    (kemOutput) => ({ type: 'external_init', kemOutput }),
    (p) => p.kemOutput,
  ),
  group_context_extensions: mapped(
    extensionsCodec,
    (extensions) => ({ type: 'group_context_extensions', extensions }),
    (p) => p.extensions,
  ),
};
const names = new Map(
  Object.entries(ProposalType).map(([name, type]) => [type as number, name as ProposalTypeName]),
);

/** The name of a code point; undefined for a type that is not of RFC 9420. */
export function proposalTypeName(type: number): ProposalTypeName | undefined {
  return names.get(type);
}

/** What follows the type of a proposal. */
export function readProposalBody(r: Reader, name: ProposalTypeName): Proposal {
  return bodies[name].read(r);
}

export const proposalCodec: Codec<Proposal> = {
  write: (w: Writer, v: Proposal) =>
    (bodies[v.type] as Codec<Proposal>).write(w.u16(ProposalType[v.type]), v),
  read: (r: Reader) => {
    const name = proposalTypeName(r.u16());
    if (name === undefined) throw new DecodeError('unknown-value');
    return readProposalBody(r, name);
  },
};
