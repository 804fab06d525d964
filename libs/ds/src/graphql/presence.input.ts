import { Field, ID, InputType } from '@nestjs/graphql';
import { BytesScalar } from '@phoenix/edge';

@InputType()
export class MembershipTicketInput {
  @Field(() => ID)
  groupId!: string;

  @Field(() => BytesScalar)
  earKey!: Uint8Array;
}

@InputType()
export class GroupPresenceInput extends MembershipTicketInput {
  @Field(() => BytesScalar, { description: 'From membershipTicket.' })
  membershipTicket!: Uint8Array;
}
