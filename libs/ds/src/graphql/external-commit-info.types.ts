import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { BytesScalar } from '@phoenix/edge';
import { LeafMemberKeys } from './payloads.js';

@InputType()
export class ExternalCommitInfoInput {
  @Field(() => ID)
  groupId!: string;

  @Field(() => BytesScalar)
  earKey!: Uint8Array;
}

@ObjectType({ description: 'What an external commit is made from.' })
export class ExternalCommitInfo {
  @Field(() => BytesScalar, {
    description: 'MLSMessage with the current GroupInfo: with external_pub, without the tree.',
  })
  groupInfo!: Uint8Array;

  @Field(() => BytesScalar, { description: 'optional<Node> ratchet_tree<V>' })
  ratchetTree!: Uint8Array;

  @Field(() => [LeafMemberKeys])
  memberKeys!: LeafMemberKeys[];
}
