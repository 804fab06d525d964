import { Args, Mutation, Resolver } from '@nestjs/graphql';
import {
  Acknowledgement,
  ACKNOWLEDGED,
  Operation,
  Signed,
  type SignedRequest,
  unwrap,
  uuidInput,
} from '@phoenix/edge';
import { SendMessage } from '../service/send-message.js';
import { SendMessageInput } from './send-message.input.js';

/** Messages. */
@Resolver()
export class MessagesResolver {
  constructor(private readonly sending: SendMessage) {}

  @Mutation(() => Acknowledgement)
  @Operation({ signedBy: 'leaf', token: 'ds' })
  async sendMessage(
    @Args('input') { groupId, ...input }: SendMessageInput,
    @Signed('leaf') request: SignedRequest,
  ): Promise<Acknowledgement> {
    unwrap(await this.sending.execute({ ...input, groupId: uuidInput(groupId) }, request));
    return ACKNOWLEDGED;
  }
}
