import { Field, ID, InputType } from '@nestjs/graphql';
import { BytesScalar } from '@phoenix/edge';

@InputType()
export class DeleteGroupInput {
  @Field(() => ID)
  groupId!: string;

  @Field(() => BytesScalar)
  earKey!: Uint8Array;

  @Field(() => BytesScalar, {
    nullable: true,
    description:
      'MLSMessage with a PublicMessage: removes all others. Null exactly when the sender is alone.',
  })
  commit!: Uint8Array | null;

  @Field(() => BytesScalar, {
    nullable: true,
    description: "The new epoch's GroupInfoUpdate; null where the commit is.",
  })
  groupInfoUpdate!: Uint8Array | null;
}
