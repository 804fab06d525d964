import { UInt64Scalar } from '@phoenix/edge';
import { Field, ID, InputType, Int } from '@nestjs/graphql';

@InputType('DequeueMessagesInput')
export class DequeueMessagesInputType {
  @Field(() => ID)
  clientId!: string;

  @Field(() => UInt64Scalar, { description: 'What lies below is acknowledged and gone.' })
  from!: bigint;

  @Field(() => Int, { description: 'At most this many entries, and never more than 500.' })
  max!: number;
}
