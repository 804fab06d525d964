import { Acknowledgement, ACKNOWLEDGED, Operation, Signed, type SignedRequest, unwrap } from '@phoenix/edge';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import type { QueueEntry } from '@phoenix/queue';
import { DequeueAliasOffers } from '../service/dequeue-alias-offers.js';
import { EnqueueAliasOffer } from '../service/enqueue-alias-offer.js';
import { TakeAliasPackage } from '../service/take-alias-package.js';
import {
  AliasInput,
  DequeueAliasOffersInput,
  EnqueueAliasOfferInput,
  TakeAliasPackagePayload,
} from './alias.types.js';
import { DequeueOffersPayload } from './queue-entry.type.js';

/** Being connected to by alias. */
@Resolver()
export class AliasOfferResolver {
  constructor(
    private readonly take: TakeAliasPackage,
    private readonly enqueue: EnqueueAliasOffer,
    private readonly dequeue: DequeueAliasOffers,
  ) {}

  @Operation({ signedBy: undefined, token: 'as' })
  @Mutation(() => TakeAliasPackagePayload, {
    description: 'One package of an alias, given to nobody else unless it is a last resort.',
  })
  async takeAliasPackage(@Args('input') { alias }: AliasInput): Promise<TakeAliasPackagePayload> {
    return { package: unwrap(await this.take.execute(alias)) };
  }

  @Operation({ signedBy: undefined, token: 'as' })
  @Mutation(() => Acknowledgement, { description: 'Leaves an offer in the queue of an alias.' })
  async enqueueAliasOffer(@Args('input') { alias, offer }: EnqueueAliasOfferInput): Promise<Acknowledgement> {
    unwrap(await this.enqueue.execute(alias, offer));
    return ACKNOWLEDGED;
  }

  @Operation({ signedBy: 'alias', token: undefined })
  @Mutation(() => DequeueOffersPayload, {
    description: 'Forgets what lies below `from` and answers what follows, in the order of seqs.',
  })
  async dequeueAliasOffers(
    @Signed('alias') request: SignedRequest,
    @Args('input') { alias, ...page }: DequeueAliasOffersInput,
  ): Promise<{ entries: readonly QueueEntry[] }> {
    return { entries: unwrap(await this.dequeue.execute(request, alias, page)) };
  }
}
