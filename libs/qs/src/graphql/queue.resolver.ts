import { Operation, Signed, type SignedRequest, unwrap, uuidInput } from '@phoenix/edge';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import type { QueueEntryKind } from '../domain/queue-entry.js';
import { DequeueMessages } from '../service/dequeue-messages.js';
import { DequeueMessagesPayload, QueueEntryKindEnum } from './queue-entry.type.js';
import { DequeueMessagesInputType } from './queue.inputs.js';

const KINDS: Record<QueueEntryKind, QueueEntryKindEnum> = {
  message: QueueEntryKindEnum.MESSAGE,
  update: QueueEntryKindEnum.UPDATE,
  reset: QueueEntryKindEnum.RESET,
};

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
  ): Promise<DequeueMessagesPayload> {
    const input = { clientId: uuidInput(clientId), from, max };
    const entries = unwrap(await this.dequeue.execute(request, input));
    return { entries: entries.map((entry) => ({ ...entry, kind: KINDS[entry.kind] })) };
  }
}
