/** Why the homeserver does not start, in one sentence that an operator can act on. Never holds a secret. */
export class StartupRefusal extends Error {
  override readonly name = 'StartupRefusal';
}
