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
import { UpdateProfileKey } from '../service/update-profile-key.js';
import { UpdateQueueConfig } from '../service/update-queue-config.js';
import { UpdateProfileKeyInput, UpdateQueueConfigInput } from './own-settings.input.js';

/** What a member changes of its own without a commit. */
@Resolver()
export class OwnSettingsResolver {
  constructor(
    private readonly queues: UpdateQueueConfig,
    private readonly profiles: UpdateProfileKey,
  ) {}

  @Mutation(() => Acknowledgement, { description: "Replaces the sender's own queue config." })
  @Operation({ signedBy: 'leaf', token: 'ds' })
  async updateQueueConfig(
    @Args('input') { groupId, ...input }: UpdateQueueConfigInput,
    @Signed('leaf') request: SignedRequest,
  ): Promise<Acknowledgement> {
    unwrap(await this.queues.execute({ ...input, groupId: uuidInput(groupId) }, request));
    return ACKNOWLEDGED;
  }

  @Mutation(() => Acknowledgement, {
    description: "Replaces the wrapped profile key in the sender's own key set.",
  })
  @Operation({ signedBy: 'leaf', token: 'ds' })
  async updateProfileKey(
    @Args('input') { groupId, ...input }: UpdateProfileKeyInput,
    @Signed('leaf') request: SignedRequest,
  ): Promise<Acknowledgement> {
    unwrap(await this.profiles.execute({ ...input, groupId: uuidInput(groupId) }, request));
    return ACKNOWLEDGED;
  }
}
