/** The domain this homeserver answers for, as a thing that can be injected. */
export class HomeDomain {
  constructor(readonly name: string) {}
}
