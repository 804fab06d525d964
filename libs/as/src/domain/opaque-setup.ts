/** The OPAQUE set-up of this AS, unwrapped, and the name under which it answers: its home domain. */
export class OpaqueSetup {
  constructor(
    readonly bytes: Uint8Array,
    readonly domain: string,
  ) {}
}
