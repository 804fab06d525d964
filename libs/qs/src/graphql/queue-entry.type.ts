import { BytesScalar, UInt64Scalar } from '@phoenix/edge';
import { Field, ObjectType, registerEnumType } from '@nestjs/graphql';

/** What an entry is, in the clear. */
export enum QueueEntryKindEnum {
  MESSAGE = 'MESSAGE',
  UPDATE = 'UPDATE',
  RESET = 'RESET',
}

registerEnumType(QueueEntryKindEnum, { name: 'QueueEntryKind' });

@ObjectType('QueueEntry', { description: 'One entry of a queue, encrypted to its owner.' })
export class QueueEntryType {
  @Field(() => UInt64Scalar)
  seq!: bigint;

  @Field(() => QueueEntryKindEnum)
  kind!: QueueEntryKindEnum;

  @Field(() => BytesScalar)
  body!: Uint8Array;
}

@ObjectType()
export class DequeueMessagesPayload {
  @Field(() => [QueueEntryType])
  entries!: QueueEntryType[];
}
