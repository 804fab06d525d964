import { DecodeError, domain, list, Reader, Writer } from '@phoenix/wire';
import type { Recipient } from './fan-out.js';

/** What the DS keeps of a member for every request; none of it is known outside the group. */
export interface RosterLeaf {
  readonly pseudonym: Uint8Array;
  readonly signatureKey: Uint8Array;
  /** The home domain of the queue, and its config sealed to that domain's QS. */
  readonly queue: Recipient;
  /** Month of the member's last commit, in months since January 1970. */
  readonly activeMonth: number;
}

/** Leaves that a commit changes, by index; undefined where it leaves a blank one. */
export type LeafChanges = ReadonlyMap<number, RosterLeaf | undefined>;

const PSEUDONYM_LENGTH = 32;
const MAX_KEY_LENGTH = 64;
const MAX_CONFIG_LENGTH = 512;
const MONTH_LENGTH = 4;
/** Of the longest leaf there can be. */
const MAX_LEAF_LENGTH = 640;

const domains = list(domain);

/**
 * A group's leaves by index, as they are stored: `optional<{ pseudonym[32]; opaque signature_key<V>; uint32 domain;
 * opaque sealed_config<V>; uint32 active_month }>` for each, beside the domains that they name. A leaf becomes an object
 * when it is asked for: of a thousand, a request needs one, and the queues of the others. Immutable.
 */
export class RosterLeaves {
  private constructor(
    private readonly domains: readonly string[],
    private readonly bytes: Uint8Array,
    /** Where each leaf begins, and the last one ends. */
    private readonly starts: readonly number[],
  ) {}

  static of(leaves: readonly (RosterLeaf | undefined)[]): RosterLeaves {
    const names = [...new Set(leaves.flatMap((leaf) => leaf?.queue.domain ?? []))];
    const writer = new Writer(leaves.length * MAX_LEAF_LENGTH);
    for (const leaf of leaves) writeLeaf(writer, leaf, names);
    return RosterLeaves.#scan(names, writer.finish());
  }

  /** @throws DecodeError */
  static read(reader: Reader): RosterLeaves {
    return RosterLeaves.#scan(domains.read(reader), reader.opaque());
  }

  static #scan(names: readonly string[], bytes: Uint8Array): RosterLeaves {
    const reader = new Reader(bytes);
    const starts = [0];
    const skip = (leaf: Reader): void => skipLeaf(leaf, names.length);
    while (reader.remaining > 0) {
      reader.optional(skip);
      starts.push(reader.position);
    }
    return new RosterLeaves(names, bytes, starts);
  }

  /** The leaf at that place; undefined where it is blank or outside. */
  at(index: number): RosterLeaf | undefined {
    const start = this.starts[index];
    const end = this.starts[index + 1];
    if (start === undefined || end === undefined) return undefined;
    return new Reader(this.bytes.subarray(start, end)).optional((reader) => ({
      pseudonym: reader.fixed(PSEUDONYM_LENGTH),
      signatureKey: reader.opaque(MAX_KEY_LENGTH),
      queue: this.#readQueue(reader),
      activeMonth: reader.u32(),
    }));
  }

  /** The occupied leaves' pseudonyms, in the order of their leaves. */
  *pseudonyms(): Generator<Uint8Array> {
    for (let index = 0; index < this.#length; index++) {
      const start = this.#startOf(index);
      if (this.bytes[start] === 1) yield this.bytes.subarray(start + 1, start + 1 + PSEUDONYM_LENGTH);
    }
  }

  /** How many members there are. */
  get count(): number {
    let count = 0;
    for (let index = 0; index < this.#length; index++) if (this.bytes[this.#startOf(index)] === 1) count++;
    return count;
  }

  /** The members by leaf. */
  *occupied(): Generator<{ readonly leafIndex: number; readonly leaf: RosterLeaf }> {
    for (let leafIndex = 0; leafIndex < this.#length; leafIndex++) {
      const leaf = this.at(leafIndex);
      if (leaf !== undefined) yield { leafIndex, leaf };
    }
  }

  /** The leaves whose last commit was before that month. */
  inactiveSince(month: number): number[] {
    const inactive: number[] = [];
    const view = new DataView(this.bytes.buffer, this.bytes.byteOffset, this.bytes.length);
    for (let index = 0; index < this.#length; index++) {
      const isMember = this.bytes[this.#startOf(index)] === 1;
      // The month is what a leaf ends with.
      if (isMember && view.getUint32(this.#startOf(index + 1) - 4) < month) inactive.push(index);
    }
    return inactive;
  }

  /** Where the members get their messages, in the order of their leaves; all but one, if that is said. */
  queues(exceptLeaf?: number): Recipient[] {
    const queues: Recipient[] = [];
    const reader = new Reader(this.bytes);
    for (let index = 0; index < this.#length; index++) {
      if (!reader.optional(isThere)) continue;
      reader.skip(PSEUDONYM_LENGTH);
      reader.skipOpaque();
      const queue = this.#readQueue(reader);
      reader.skip(MONTH_LENGTH);
      if (index !== exceptLeaf) queues.push(queue);
    }
    return queues;
  }

  /** The leaves after a commit: copied in a few pieces around those that change. */
  changed(changes: LeafChanges): RosterLeaves {
    if (!this.#keepsDomains(changes)) return RosterLeaves.of(this.#unfolded(changes));
    const writer = new Writer(this.bytes.length + changes.size * MAX_LEAF_LENGTH);
    let next = 0;
    for (const index of [...changes.keys()].sort((a, b) => a - b)) {
      writer.bytes(this.bytes.subarray(this.#startOf(next), this.#startOf(index)));
      for (let blank = Math.max(next, this.#length); blank < index; blank++) writeLeaf(writer, undefined, []);
      writeLeaf(writer, changes.get(index), this.domains);
      next = index + 1;
    }
    writer.bytes(this.bytes.subarray(this.#startOf(next)));
    return RosterLeaves.#scan(this.domains, writer.view());
  }

  write(writer: Writer): void {
    domains.write(writer, [...this.domains]);
    writer.opaque(this.bytes);
  }

  get #length(): number {
    return this.starts.length - 1;
  }

  #startOf(index: number): number {
    return this.starts[index] ?? this.bytes.length;
  }

  /** Whether just the domains that are named stay in use. With a single one they do: its last leaf does not go. */
  #keepsDomains(changes: LeafChanges): boolean {
    return [...changes].every(([index, leaf]) => {
      const isKnown = leaf === undefined || this.domains.includes(leaf.queue.domain);
      const before = this.domains.length > 1 ? this.at(index)?.queue.domain : undefined;
      return isKnown && (before === undefined || before === leaf?.queue.domain);
    });
  }

  #unfolded(changes: LeafChanges): (RosterLeaf | undefined)[] {
    const leaves = Array.from({ length: this.#length }, (_, index) => this.at(index));
    for (const [index, leaf] of changes) {
      while (leaves.length < index) leaves.push(undefined);
      leaves[index] = leaf;
    }
    return leaves;
  }

  #readQueue(reader: Reader): Recipient {
    const domain = this.domains[reader.u32()] as string;
    return { domain, sealed: reader.opaque(MAX_CONFIG_LENGTH) };
  }
}

function writeLeaf(writer: Writer, leaf: RosterLeaf | undefined, names: readonly string[]): void {
  writer.optional(leaf, (w, { pseudonym, signatureKey, queue, activeMonth }) => {
    w.bytes(pseudonym).opaque(signatureKey).u32(names.indexOf(queue.domain));
    w.opaque(queue.sealed).u32(activeMonth);
  });
}

const isThere = (): true => true;

function skipLeaf(reader: Reader, domainCount: number): void {
  reader.skip(PSEUDONYM_LENGTH);
  reader.skipOpaque(MAX_KEY_LENGTH);
  if (reader.u32() >= domainCount) throw new DecodeError('invalid-value');
  reader.skipOpaque(MAX_CONFIG_LENGTH);
  reader.skip(MONTH_LENGTH);
}
