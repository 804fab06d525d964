import { Field, ID, InputType } from '@nestjs/graphql';
import { BytesScalar } from '@phoenix/edge';

@InputType()
export class UpdateQueueConfigInput {
  @Field(() => ID)
  groupId!: string;

  @Field(() => BytesScalar)
  earKey!: Uint8Array;

  @Field(() => BytesScalar, { description: 'SealedQueueConfig, as long as the one that it replaces.' })
  queueConfig!: Uint8Array;
}

@InputType()
export class UpdateProfileKeyInput {
  @Field(() => ID)
  groupId!: string;

  @Field(() => BytesScalar)
  earKey!: Uint8Array;

  @Field(() => BytesScalar, { description: "Encrypted under the group's profile-key wrapper: 61 bytes." })
  wrappedProfileKey!: Uint8Array;
}
