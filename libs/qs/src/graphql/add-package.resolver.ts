import {
  Acknowledgement,
  ACKNOWLEDGED,
  Operation,
  Signed,
  type SignedRequest,
  unwrap,
  uuidInput,
} from '@phoenix/edge';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { PublishAddPackages } from '../service/publish-add-packages.js';
import { TakeAddPackages } from '../service/take-add-packages.js';
import {
  PublishAddPackagesInput,
  TakeAddPackagesInput,
  TakeAddPackagesPayload,
} from './add-package.types.js';

/** Pre-published key material. */
@Resolver()
export class AddPackageResolver {
  constructor(
    private readonly publish: PublishAddPackages,
    private readonly take: TakeAddPackages,
  ) {}

  @Operation({ signedBy: 'qs-client', token: 'qs' })
  @Mutation(() => Acknowledgement, { description: 'Replaces all packages of the client.' })
  async publishAddPackages(
    @Signed('qs-client') request: SignedRequest,
    @Args('input') { clientId, addPackages }: PublishAddPackagesInput,
  ): Promise<Acknowledgement> {
    unwrap(await this.publish.execute(request, uuidInput(clientId), addPackages));
    return ACKNOWLEDGED;
  }

  @Operation({ signedBy: undefined, token: 'qs' })
  @Mutation(() => TakeAddPackagesPayload, { description: 'One package for each client of the user.' })
  async takeAddPackages(
    @Args('input') input: TakeAddPackagesInput,
  ): Promise<{ addPackages: readonly Uint8Array[] }> {
    return { addPackages: unwrap(await this.take.execute(input.friendshipToken)) };
  }
}
