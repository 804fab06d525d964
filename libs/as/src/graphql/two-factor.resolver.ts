import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { ACKNOWLEDGED, Acknowledgement, Operation, Signed, type SignedRequest, unwrap } from '@phoenix/edge';
import { ChangePassword } from '../service/change-password.js';
import { DeleteUser } from '../service/delete-user.js';
import { InitTwoFactor } from '../service/init-two-factor.js';
import {
  ChangePasswordInput,
  DeleteUserInput,
  InitTwoFactorInput,
  InitTwoFactorPayload,
} from './account.types.js';

@Resolver()
export class TwoFactorResolver {
  constructor(
    private readonly init: InitTwoFactor,
    private readonly change: ChangePassword,
    private readonly remove: DeleteUser,
  ) {}

  @Mutation(() => InitTwoFactorPayload, {
    description: 'Begins to check the user’s password; stores nothing.',
  })
  @Operation({ signedBy: 'client', token: 'as' })
  async initTwoFactor(
    @Args('input') { ke1, opaqueRequest }: InitTwoFactorInput,
    @Signed('client') request: SignedRequest,
  ): Promise<InitTwoFactorPayload> {
    return unwrap(await this.init.execute({ ke1, opaqueRequest: opaqueRequest ?? undefined }, request));
  }

  @Mutation(() => Acknowledgement, { description: 'Replaces the user’s password.' })
  @Operation({ signedBy: 'client', token: 'as' })
  async changePassword(
    @Args('input') input: ChangePasswordInput,
    @Signed('client') request: SignedRequest,
  ): Promise<Acknowledgement> {
    unwrap(await this.change.execute(input, request));
    return ACKNOWLEDGED;
  }

  @Mutation(() => Acknowledgement, {
    description: 'Deletes the user with everything that this AS has of it, and revokes its credentials.',
  })
  @Operation({ signedBy: 'client', token: 'as' })
  async deleteUser(
    @Args('input') { ke3 }: DeleteUserInput,
    @Signed('client') request: SignedRequest,
  ): Promise<Acknowledgement> {
    unwrap(await this.remove.execute(ke3, request));
    return ACKNOWLEDGED;
  }
}
