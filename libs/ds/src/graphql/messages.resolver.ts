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
import { AddUsers } from '../service/add-users.js';
import type { CommitAccepted as Accepted } from '../service/commit-to-group.js';
import { RemoveUsers } from '../service/remove-users.js';
import { SendMessage } from '../service/send-message.js';
import { UpdateClient } from '../service/update-client.js';
import { AddUsersInput, CommitInput } from './commit.input.js';
import { CommitAccepted } from './payloads.js';
import { SendMessageInput } from './send-message.input.js';

/** Commits and messages. */
@Resolver()
export class MessagesResolver {
  constructor(
    private readonly adding: AddUsers,
    private readonly removing: RemoveUsers,
    private readonly updating: UpdateClient,
    private readonly sending: SendMessage,
  ) {}

  @Mutation(() => CommitAccepted)
  @Operation({ signedBy: 'leaf', token: 'ds' })
  async addUsers(
    @Args('input') { groupId, ...input }: AddUsersInput,
    @Signed('leaf') request: SignedRequest,
  ): Promise<Accepted> {
    return unwrap(await this.adding.execute({ ...input, groupId: uuidInput(groupId) }, request));
  }

  @Mutation(() => CommitAccepted)
  @Operation({ signedBy: 'leaf', token: 'ds' })
  async removeUsers(
    @Args('input') { groupId, ...input }: CommitInput,
    @Signed('leaf') request: SignedRequest,
  ): Promise<Accepted> {
    return unwrap(await this.removing.execute({ ...input, groupId: uuidInput(groupId) }, request));
  }

  @Mutation(() => CommitAccepted)
  @Operation({ signedBy: 'leaf', token: 'ds' })
  async updateClient(
    @Args('input') { groupId, ...input }: CommitInput,
    @Signed('leaf') request: SignedRequest,
  ): Promise<Accepted> {
    return unwrap(await this.updating.execute({ ...input, groupId: uuidInput(groupId) }, request));
  }

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
