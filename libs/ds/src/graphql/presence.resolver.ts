import { Args, Query, Resolver } from '@nestjs/graphql';
import {
  Acknowledgement,
  ACKNOWLEDGED,
  BytesScalar,
  Operation,
  Signed,
  type SignedRequest,
  unwrap,
  uuidInput,
} from '@phoenix/edge';
import { GroupPresence } from '../service/group-presence.js';
import { MembershipTicket } from '../service/membership-ticket.js';
import { GroupPresenceInput, MembershipTicketInput } from './presence.input.js';

/** Whether a group is there: for those who have been in it, and for nobody else. */
@Resolver()
export class PresenceResolver {
  constructor(
    private readonly tickets: MembershipTicket,
    private readonly presence: GroupPresence,
  ) {}

  @Query(() => BytesScalar, { description: 'What groupPresence is asked with: the same for all members.' })
  @Operation({ signedBy: 'leaf', token: 'ds' })
  async membershipTicket(
    @Args('input') { groupId, ...input }: MembershipTicketInput,
    @Signed('leaf') request: SignedRequest,
  ): Promise<Uint8Array> {
    return unwrap(await this.tickets.execute({ ...input, groupId: uuidInput(groupId) }, request));
  }

  @Query(() => Acknowledgement, {
    description:
      'NOT_FOUND, EAR_KEY_INVALID or DAMAGED to who has a ticket; without, NOT_FOUND whatever there is.',
  })
  @Operation({ signedBy: undefined, token: 'ds' })
  async groupPresence(@Args('input') { groupId, ...input }: GroupPresenceInput): Promise<Acknowledgement> {
    unwrap(await this.presence.execute({ ...input, groupId: uuidInput(groupId) }));
    return ACKNOWLEDGED;
  }
}
