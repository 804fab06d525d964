import { Field, ID, InputType } from '@nestjs/graphql';
import { BytesScalar, UInt64Scalar } from '@phoenix/edge';

@InputType()
export class WelcomeInfoInput {
  @Field(() => ID)
  groupId!: string;

  @Field(() => BytesScalar)
  earKey!: Uint8Array;

  @Field(() => UInt64Scalar, { description: 'The epoch that the Welcome is for.' })
  epoch!: bigint;
}
