import { Operation, Signed, type SignedRequest, unwrap, uuidInput } from '@phoenix/edge';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import type { QueueEntry } from '@phoenix/queue';
import { DequeueMessages } from '../service/dequeue-messages.js';
import { DequeueMessagesPayload } from './queue-entry.type.js';
import { DequeueMessagesInputType } from './queue.inputs.js';

/** Queues, as their owners see them. */
@Resolver()
export class QueueResolver {
  constructor(private readonly dequeue: DequeueMessages) {}

  @Operation({ signedBy: 'qs-client', token: undefined })
  @Mutation(() => DequeueMessagesPayload, {
    description: 'Forgets what lies below `from` and answers what follows, in the order of seqs.',
  })
  async dequeueMessages(
    @Signed('qs-client') request: SignedRequest,
    @Args('input') { clientId, from, max }: DequeueMessagesInputType,
  ): Promise<{ entries: readonly QueueEntry[] }> {
    const input = { clientId: uuidInput(clientId), from, max };
    return { entries: unwrap(await this.dequeue.execute(request, input)) };
  }
}
