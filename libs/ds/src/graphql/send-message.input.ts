import { Field, ID, InputType } from '@nestjs/graphql';
import { BytesScalar } from '@phoenix/edge';

@InputType()
export class SendMessageInput {
  @Field(() => ID)
  groupId!: string;

  @Field(() => BytesScalar)
  earKey!: Uint8Array;

  @Field(() => BytesScalar, { description: 'MLSMessage with a PrivateMessage of type application.' })
  message!: Uint8Array;
}
