/** A group as it is stored, and as a snapshot sees it: nothing else about it is kept (docs/protocol §7). */
export interface GroupRow {
  /** The group's UUID; its domain is the server's own. */
  readonly groupId: Uint8Array;
  readonly roster: Uint8Array;
  readonly tree: Uint8Array;
  /** Months since January 1970. */
  readonly lastActiveMonth: number;
  /** A fan-out whose handing over nobody has confirmed yet. */
  readonly pending: Uint8Array | undefined;
  /** 16 random bytes, new with every new state: what compare-and-swap compares. */
  readonly generation: Uint8Array;
  /** X25519: what notices are sealed to. The private half is in the tree section. */
  readonly noticeKey: Uint8Array;
  /** Slots of one size, always all of them (docs/protocol §7). */
  readonly notices: Uint8Array;
}

/** What sending a message reads. */
export type RosterRow = Omit<GroupRow, 'tree' | 'notices'>;
