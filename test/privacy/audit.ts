/** Something that a snapshot holds: a column of a row, a file, a line of the log. */
export interface Place {
  /** `qs.queue_heads.client_id`, `qs/files`, `vault`, `log`. */
  readonly name: string;
  readonly bytes: Buffer;
}

/** Something that was planted, and where alone it may be found. */
export interface Marker {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Names of places; a place that begins with one of them and a `.` or `/` is meant, too. */
  readonly allowed: readonly string[];
}

/** What an audit came to. */
export interface Audit {
  /** `<marker> in <place>` for each marker that is where it must not be. */
  readonly violations: string[];
  /** The same for those that are where they may be: an audit that finds none of these has not looked. */
  readonly sightings: string[];
}

/** Looks for every marker in every place, in each form that people and programs write bytes in. */
export function audit(places: readonly Place[], markers: readonly Marker[]): Audit {
  const violations = new Set<string>();
  const sightings = new Set<string>();
  for (const marker of markers) {
    const forms = formsOf(Buffer.from(marker.bytes));
    for (const { name, bytes } of places) {
      if (!forms.some((form) => bytes.includes(form))) continue;
      const isAllowed = marker.allowed.some((at) => name === at || name.startsWith(`${at}.`));
      (isAllowed ? sightings : violations).add(`${marker.name} in ${name}`);
    }
  }
  return { violations: [...violations].sort(), sightings: [...sightings].sort() };
}

/** As it is, in hexadecimal, in both alphabets of base64 and, of 16 bytes, as a UUID. */
function formsOf(bytes: Buffer): Buffer[] {
  const hex = bytes.toString('hex');
  const uuid = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  const base64 = bytes.toString('base64').replaceAll('=', '');
  const texts = new Set([hex, hex.toUpperCase(), base64, bytes.toString('base64url'), uuid]);
  return [bytes, ...[...texts].map((text) => Buffer.from(text))];
}
