import { Injectable } from '@nestjs/common';
import { Clock, PhoenixCrypto } from '@phoenix/crypto';
import { done, type Outcome, refuse } from '@phoenix/wire';
import { isCurrentAddPackage } from '../domain/add-package.js';
import { AddPackageStore } from '../ports/add-package-store.js';
import { friendshipHashOf } from './authenticate.js';

/**
 * Gives whoever holds a user's friendship token one add package for each of its clients. What has expired is given to nobody: no
 * group would take it, and a client that has let its packages expire has left.
 */
@Injectable()
export class TakeAddPackages {
  constructor(
    private readonly packages: AddPackageStore,
    private readonly crypto: PhoenixCrypto,
    private readonly clock: Clock,
  ) {}

  async execute(friendshipToken: Uint8Array): Promise<Outcome<readonly Uint8Array[]>> {
    const friendshipHash = friendshipHashOf(this.crypto, friendshipToken);
    if (friendshipHash === undefined) return refuse('BAD_REQUEST');
    const taken = await this.packages.takeOneEach(friendshipHash);
    if (taken === undefined) return refuse('NOT_FOUND');
    const now = this.clock.now();
    return done(taken.filter((encoded) => isCurrentAddPackage(encoded, now)));
  }
}
