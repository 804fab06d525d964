import { type Codec, DecodeError, fixed, opaque, struct, u32, u64 } from '@phoenix/wire';
import { RosterLeaves } from './roster-leaves.js';
import { TAG_LENGTH } from './section.js';

/** The commit that led to this epoch: by it the winner's retry is known, under the key its committer had then. */
export interface LastCommit {
  readonly digest: Uint8Array;
  readonly committer: number;
  /** Empty for a join from outside, which no key signed. */
  readonly formerKey: Uint8Array;
}

/** The roster section (docs/protocol §7): all that sending a message needs. */
export interface Roster {
  readonly epoch: bigint;
  /** Whether a contact may still join by external commit: as long as the creator has always been alone. */
  readonly open: boolean;
  /** The tag that the tree section is bound to: an older tree does not fit a newer roster. */
  readonly treeTag: Uint8Array;
  readonly lastCommit: LastCommit;
  readonly leaves: RosterLeaves;
}

const lastCommit = struct({ digest: fixed(32), committer: u32, formerKey: opaque(64) });
const tag = fixed(TAG_LENGTH);

export const roster: Codec<Roster> = {
  write: (w, v) => {
    u64.write(w, v.epoch);
    w.u8(v.open ? 1 : 0);
    tag.write(w, v.treeTag);
    lastCommit.write(w, v.lastCommit);
    v.leaves.write(w);
  },
  read: (r) => {
    const epoch = r.u64();
    const open = r.u8();
    if (open > 1) throw new DecodeError('unknown-value');
    const [treeTag, last] = [tag.read(r), lastCommit.read(r)];
    return { epoch, open: open === 1, treeTag, lastCommit: last, leaves: RosterLeaves.read(r) };
  },
};
