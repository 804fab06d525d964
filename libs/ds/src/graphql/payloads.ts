import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { BytesScalar, UInt64Scalar } from '@phoenix/edge';

@ObjectType()
export class RequestGroupIdPayload {
  @Field(() => ID)
  groupId!: string;

  @Field(() => BytesScalar, { description: 'Lets the group be created within 10 minutes.' })
  ticket!: Uint8Array;
}

@ObjectType({ description: 'The commit was taken, and handed to all who must get it.' })
export class CommitAccepted {
  @Field(() => UInt64Scalar, { description: 'The epoch that it led to.' })
  epoch!: bigint;
}

@ObjectType()
export class LeafMemberKeys {
  @Field(() => Int)
  leaf!: number;

  @Field(() => BytesScalar, { description: 'MemberKeySet' })
  keys!: Uint8Array;
}

@ObjectType({ description: "Tree and key sets of a joiner's epoch." })
export class WelcomeInfo {
  @Field(() => BytesScalar, { description: 'optional<Node> ratchet_tree<V>' })
  ratchetTree!: Uint8Array;

  @Field(() => [LeafMemberKeys])
  memberKeys!: LeafMemberKeys[];
}
