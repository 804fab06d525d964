import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Operation, Signed, type SignedRequest, unwrap, uuidInput } from '@phoenix/edge';
import { AddUsers } from '../service/add-users.js';
import type { CommitAccepted as Accepted } from '../service/commit-to-group.js';
import { RemoveUsers } from '../service/remove-users.js';
import { UpdateClient } from '../service/update-client.js';
import { UpdateGroupContext } from '../service/update-group-context.js';
import { AddUsersInput, CommitInput } from './commit.input.js';
import { CommitAccepted } from './payloads.js';

/** Members' commits. */
@Resolver()
export class CommitsResolver {
  constructor(
    private readonly adding: AddUsers,
    private readonly removing: RemoveUsers,
    private readonly updating: UpdateClient,
    private readonly context: UpdateGroupContext,
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

  @Mutation(() => CommitAccepted, { description: 'Makes members admins, and others no more.' })
  @Operation({ signedBy: 'leaf', token: 'ds' })
  async updateGroupContext(
    @Args('input') { groupId, ...input }: CommitInput,
    @Signed('leaf') request: SignedRequest,
  ): Promise<Accepted> {
    return unwrap(await this.context.execute({ ...input, groupId: uuidInput(groupId) }, request));
  }
}
