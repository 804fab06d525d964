/** Stored bytes of a group's two sections. */
export interface SectionSizes {
  readonly roster: number;
  readonly tree: number;
}

/**
 * In which sizes group states are stored: all that a snapshot learns of a group's size is its bucket's number
 * (docs/protocol §7). Whoever replaces it decides how much that says.
 */
export abstract class PaddingPolicy {
  /** The sizes in bucket `number`, from 0; each bucket's are larger than the one's before. */
  abstract sizes(number: number): SectionSizes;
}
