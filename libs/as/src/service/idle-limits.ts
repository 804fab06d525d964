/** After how many whole months without a sign of it a client is gone. */
export class IdleLimits {
  constructor(readonly clientMonths: number) {}
}
