import { BytesScalar, UInt64Scalar } from '@phoenix/edge';
import { Field, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { QueueEntryKind } from '@phoenix/queue';

/** GraphQL's names of what an entry is, in the clear. */
const QUEUE_ENTRY_KINDS = { MESSAGE: 'message', UPDATE: 'update', RESET: 'reset' } as const satisfies Record<
  string,
  QueueEntryKind
>;

registerEnumType(QUEUE_ENTRY_KINDS, { name: 'OfferEntryKind' });

@ObjectType('OfferEntry', { description: 'One entry of a queue of offers, encrypted to its owner.' })
export class QueueEntryType {
  @Field(() => UInt64Scalar)
  seq!: bigint;

  @Field(() => QUEUE_ENTRY_KINDS)
  kind!: QueueEntryKind;

  @Field(() => BytesScalar)
  body!: Uint8Array;
}

@ObjectType()
export class DequeueOffersPayload {
  @Field(() => [QueueEntryType])
  entries!: QueueEntryType[];
}
