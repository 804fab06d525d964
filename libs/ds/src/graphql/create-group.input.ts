import { Field, ID, InputType } from '@nestjs/graphql';
import { BytesScalar } from '@phoenix/edge';

@InputType()
export class CreateGroupInput {
  @Field(() => ID)
  groupId!: string;

  @Field(() => BytesScalar, { description: 'From requestGroupId.' })
  ticket!: Uint8Array;

  @Field(() => BytesScalar)
  earKey!: Uint8Array;

  @Field(() => BytesScalar, {
    description: 'MLSMessage with a GroupInfo: with external_pub, without group keys.',
  })
  groupInfo!: Uint8Array;

  @Field(() => BytesScalar, { description: 'optional<Node> ratchet_tree<V>' })
  ratchetTree!: Uint8Array;

  @Field(() => BytesScalar, { description: "The creator's MemberKeySet." })
  memberKeys!: Uint8Array;

  @Field(() => BytesScalar, { description: "The creator's SealedQueueConfig." })
  queueConfig!: Uint8Array;

  @Field(() => Boolean, { description: 'Whether a contact may join by external commit.' })
  open!: boolean;
}
