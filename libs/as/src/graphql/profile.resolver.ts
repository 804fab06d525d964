import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import {
  ACKNOWLEDGED,
  Acknowledgement,
  BytesScalar,
  Operation,
  Signed,
  type SignedRequest,
  unwrap,
  uuidInput,
} from '@phoenix/edge';
import { ReadUserProfile } from '../service/read-user-profile.js';
import { UpdateUserProfile } from '../service/update-user-profile.js';
import { UpdateUserProfileInput, UserProfileInput } from './account.types.js';

@Resolver()
export class ProfileResolver {
  constructor(
    private readonly update: UpdateUserProfile,
    private readonly read: ReadUserProfile,
  ) {}

  @Mutation(() => Acknowledgement, {
    description: 'Stores the user’s encrypted profile; the one before it stays, too.',
  })
  @Operation({ signedBy: 'client', token: 'as' })
  async updateUserProfile(
    @Args('input') input: UpdateUserProfileInput,
    @Signed('client') request: SignedRequest,
  ): Promise<Acknowledgement> {
    unwrap(await this.update.execute(input, request));
    return ACKNOWLEDGED;
  }

  @Query(() => BytesScalar, { description: 'A user’s encrypted profile, by the id of its key.' })
  @Operation({ signedBy: undefined, token: 'as' })
  async userProfile(@Args('input') { userId, keyId }: UserProfileInput): Promise<Uint8Array> {
    return unwrap(await this.read.execute(uuidInput(userId), keyId));
  }
}
