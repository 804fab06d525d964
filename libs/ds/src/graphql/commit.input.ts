import { Field, ID, InputType } from '@nestjs/graphql';
import { BytesScalar } from '@phoenix/edge';

@InputType({ description: 'A commit.' })
export class CommitInput {
  @Field(() => ID)
  groupId!: string;

  @Field(() => BytesScalar)
  earKey!: Uint8Array;

  @Field(() => BytesScalar, { description: 'MLSMessage with a PublicMessage.' })
  commit!: Uint8Array;

  @Field(() => BytesScalar, { description: "The new epoch's GroupInfoUpdate." })
  groupInfoUpdate!: Uint8Array;
}

@InputType()
export class AddUsersInput extends CommitInput {
  @Field(() => BytesScalar, { description: 'MLSMessage with a Welcome.' })
  welcome!: Uint8Array;

  @Field(() => [BytesScalar], { description: 'Encrypted attribution infos, in the order of the Adds.' })
  attributions!: Uint8Array[];
}
