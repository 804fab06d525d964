import { Injectable } from '@nestjs/common';
import { PhoenixCrypto } from '@phoenix/crypto';
import { done, type Outcome, refuse } from '@phoenix/wire';
import { AddPackageStore } from '../ports/add-package-store.js';
import { friendshipHashOf } from './authenticate.js';

/** Gives whoever holds a user's friendship token one add package for each of its clients. */
@Injectable()
export class TakeAddPackages {
  constructor(
    private readonly packages: AddPackageStore,
    private readonly crypto: PhoenixCrypto,
  ) {}

  async execute(friendshipToken: Uint8Array): Promise<Outcome<readonly Uint8Array[]>> {
    const friendshipHash = friendshipHashOf(this.crypto, friendshipToken);
    if (friendshipHash === undefined) return refuse('BAD_REQUEST');
    const taken = await this.packages.takeOneEach(friendshipHash);
    return taken === undefined ? refuse('NOT_FOUND') : done(taken);
  }
}
