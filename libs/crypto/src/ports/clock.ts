/** Where time comes from; nothing else in the product may ask. */
export abstract class Clock {
  /** UTC milliseconds since 1970. */
  abstract now(): number;
}
