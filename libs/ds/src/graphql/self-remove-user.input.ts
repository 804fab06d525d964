import { Field, ID, InputType } from '@nestjs/graphql';
import { BytesScalar } from '@phoenix/edge';

@InputType()
export class SelfRemoveUserInput {
  @Field(() => ID)
  groupId!: string;

  @Field(() => BytesScalar)
  earKey!: Uint8Array;

  @Field(() => BytesScalar, { description: 'MLSMessage with a PublicMessage: a Remove of oneself.' })
  proposal!: Uint8Array;
}
