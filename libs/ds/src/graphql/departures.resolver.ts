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
import { DeleteGroup } from '../service/delete-group.js';
import { SelfRemoveUser } from '../service/self-remove-user.js';
import { DeleteGroupInput } from './delete-group.input.js';
import { SelfRemoveUserInput } from './self-remove-user.input.js';

/** Leaving a group, and ending it. */
@Resolver()
export class DeparturesResolver {
  constructor(
    private readonly leaving: SelfRemoveUser,
    private readonly ending: DeleteGroup,
  ) {}

  @Mutation(() => Acknowledgement, { description: 'The sender is out with the next commit.' })
  @Operation({ signedBy: 'leaf', token: 'ds' })
  async selfRemoveUser(
    @Args('input') { groupId, ...input }: SelfRemoveUserInput,
    @Signed('leaf') request: SignedRequest,
  ): Promise<Acknowledgement> {
    unwrap(await this.leaving.execute({ ...input, groupId: uuidInput(groupId) }, request));
    return ACKNOWLEDGED;
  }

  @Mutation(() => Acknowledgement, { description: 'Sent again after it is done: NOT_FOUND.' })
  @Operation({ signedBy: 'leaf', token: 'ds' })
  async deleteGroup(
    @Args('input') { groupId, earKey, commit, groupInfoUpdate }: DeleteGroupInput,
    @Signed('leaf') request: SignedRequest,
  ): Promise<Acknowledgement> {
    const end = { commit: commit ?? undefined, groupInfoUpdate: groupInfoUpdate ?? undefined };
    unwrap(await this.ending.execute({ ...end, earKey, groupId: uuidInput(groupId) }, request));
    return ACKNOWLEDGED;
  }
}
