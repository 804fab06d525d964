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
import type { QueueEntry } from '@phoenix/queue';
import { DequeueConnectionOffers } from '../service/dequeue-connection-offers.js';
import { EnqueueConnectionOffer } from '../service/enqueue-connection-offer.js';
import { PublishConnectionPackages } from '../service/publish-connection-packages.js';
import { TakeConnectionPackage } from '../service/take-connection-package.js';
import {
  DequeueConnectionOffersInput,
  EnqueueConnectionOfferInput,
  PublishConnectionPackagesInput,
  TakeConnectionPackageInput,
  TakeConnectionPackagePayload,
} from './connection.types.js';
import { DequeueOffersPayload } from './queue-entry.type.js';

/** Being connected to by user id. */
@Resolver()
export class ConnectionResolver {
  constructor(
    private readonly publish: PublishConnectionPackages,
    private readonly take: TakeConnectionPackage,
    private readonly enqueue: EnqueueConnectionOffer,
    private readonly dequeue: DequeueConnectionOffers,
  ) {}

  @Operation({ signedBy: 'client', token: 'as' })
  @Mutation(() => Acknowledgement, { description: 'Replaces all connection packages of the client.' })
  async publishConnectionPackages(
    @Signed('client') request: SignedRequest,
    @Args('input') input: PublishConnectionPackagesInput,
  ): Promise<Acknowledgement> {
    unwrap(await this.publish.execute(request, input));
    return ACKNOWLEDGED;
  }

  @Operation({ signedBy: undefined, token: 'as' })
  @Mutation(() => TakeConnectionPackagePayload, {
    description: 'One package of a user, given to nobody else unless it is a last resort.',
  })
  async takeConnectionPackage(
    @Args('input') { userId }: TakeConnectionPackageInput,
  ): Promise<TakeConnectionPackagePayload> {
    return unwrap(await this.take.execute(uuidInput(userId)));
  }

  @Operation({ signedBy: undefined, token: 'as' })
  @Mutation(() => Acknowledgement, { description: 'Leaves an offer in the direct queue of a client.' })
  async enqueueConnectionOffer(
    @Args('input') { clientId, offer }: EnqueueConnectionOfferInput,
  ): Promise<Acknowledgement> {
    unwrap(await this.enqueue.execute(uuidInput(clientId), offer));
    return ACKNOWLEDGED;
  }

  @Operation({ signedBy: 'client', token: undefined })
  @Mutation(() => DequeueOffersPayload, {
    description: 'Forgets what lies below `from` and answers what follows, in the order of seqs.',
  })
  async dequeueConnectionOffers(
    @Signed('client') request: SignedRequest,
    @Args('input') page: DequeueConnectionOffersInput,
  ): Promise<{ entries: readonly QueueEntry[] }> {
    return { entries: unwrap(await this.dequeue.execute(request, page)) };
  }
}
