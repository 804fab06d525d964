import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Operation, Signed, type SignedRequest, unwrap, uuidInput } from '@phoenix/edge';
import type { CommitAccepted as Accepted } from '../service/commit-to-group.js';
import { JoinConnectionGroup } from '../service/join-connection-group.js';
import { ResyncClient } from '../service/resync-client.js';
import { CommitInput } from './commit.input.js';
import { CommitAccepted } from './payloads.js';

/** Commits from outside a group. */
@Resolver()
export class ArrivalsResolver {
  constructor(
    private readonly joining: JoinConnectionGroup,
    private readonly returning: ResyncClient,
  ) {}

  @Mutation(() => CommitAccepted, { description: 'Joins a group that is open and has one member.' })
  @Operation({ signedBy: undefined, token: 'ds' })
  async joinConnectionGroup(@Args('input') { groupId, ...input }: CommitInput): Promise<Accepted> {
    return unwrap(await this.joining.execute({ ...input, groupId: uuidInput(groupId) }));
  }

  @Mutation(() => CommitAccepted, {
    description: 'Comes back in the place of the leaf that signs, by the key that it has until then.',
  })
  @Operation({ signedBy: 'leaf', token: 'ds' })
  async resyncClient(
    @Args('input') { groupId, ...input }: CommitInput,
    @Signed('leaf') request: SignedRequest,
  ): Promise<Accepted> {
    return unwrap(await this.returning.execute({ ...input, groupId: uuidInput(groupId) }, request));
  }
}
