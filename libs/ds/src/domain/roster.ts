import {
  type Codec,
  DecodeError,
  domain,
  fixed,
  list,
  opaque,
  optional,
  type Reader,
  struct,
  u32,
  u64,
  type Writer,
} from '@phoenix/wire';
import { TAG_LENGTH } from './section.js';

/** What the DS keeps of a member for every request; none of it is known outside the group. */
export interface RosterLeaf {
  readonly pseudonym: Uint8Array;
  readonly signatureKey: Uint8Array;
  /** The home domain of the queue, and its config sealed to that domain's QS. */
  readonly queue: { readonly domain: string; readonly sealed: Uint8Array };
  /** Month of the member's last commit, in months since January 1970. */
  readonly activeMonth: number;
}

/** The commit that led to this epoch: by it the winner's retry is known, under the key its committer had then. */
export interface LastCommit {
  readonly digest: Uint8Array;
  readonly committer: number;
  readonly formerKey: Uint8Array;
}

/** The roster section (docs/protocol §7): all that sending a message needs. */
export interface Roster {
  readonly epoch: bigint;
  /** Whether a contact may still join by external commit. */
  readonly open: boolean;
  /** The tag that the tree section is bound to: an older tree does not fit a newer roster. */
  readonly treeTag: Uint8Array;
  readonly lastCommit: LastCommit;
  /** By leaf index; blank leaves are undefined. */
  readonly leaves: readonly (RosterLeaf | undefined)[];
}

const lastCommit = struct({ digest: fixed(32), committer: u32, formerKey: opaque(64) });
const domains = list(domain);
const tag = fixed(TAG_LENGTH);
const pseudonym = fixed(32);

function writeLeaves(w: Writer, leaves: Roster['leaves']): void {
  const names = [...new Set(leaves.flatMap((leaf) => leaf?.queue.domain ?? []))];
  const numbers = new Map(names.map((name, number) => [name, number]));
  domains.write(w, names);
  const leaf: Codec<RosterLeaf> = {
    write: (w, v) => {
      pseudonym.write(w, v.pseudonym);
      w.opaque(v.signatureKey).u32(numbers.get(v.queue.domain) as number);
      w.opaque(v.queue.sealed).u32(v.activeMonth);
    },
    read: readLeaf([]),
  };
  list(optional(leaf)).write(w, [...leaves]);
}

function readLeaf(names: readonly string[]): (r: Reader) => RosterLeaf {
  return (r) => {
    const [pseudonym, signatureKey, name] = [r.fixed(32), r.opaque(64), names[r.u32()]];
    if (name === undefined) throw new DecodeError('invalid-value');
    return {
      pseudonym,
      signatureKey,
      queue: { domain: name, sealed: r.opaque(512) },
      activeMonth: r.u32(),
    };
  };
}

/** Domains are written once, not with each leaf: checking their form a thousand times would be most of a request. */
export const roster: Codec<Roster> = {
  write: (w, v) => {
    u64.write(w, v.epoch);
    w.u8(v.open ? 1 : 0);
    tag.write(w, v.treeTag);
    lastCommit.write(w, v.lastCommit);
    writeLeaves(w, v.leaves);
  },
  read: (r) => {
    const epoch = r.u64();
    const open = r.u8();
    if (open > 1) throw new DecodeError('unknown-value');
    const [treeTag, last, leaf] = [tag.read(r), lastCommit.read(r), readLeaf(domains.read(r))];
    const leaves = r.list((r) => r.optional(leaf));
    return { epoch, open: open === 1, treeTag, lastCommit: last, leaves };
  },
};
