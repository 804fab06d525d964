import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Operation, Signed, type SignedRequest, unwrap } from '@phoenix/edge';
import { formatUuid } from '@phoenix/wire';
import { FinishUserRegistration } from '../service/finish-user-registration.js';
import { InitUserRegistration } from '../service/init-user-registration.js';
import {
  FinishUserRegistrationInput,
  FinishUserRegistrationPayload,
  InitUserRegistrationInput,
  InitUserRegistrationPayload,
} from './types.js';

@Resolver()
export class RegistrationResolver {
  constructor(
    private readonly init: InitUserRegistration,
    private readonly finish: FinishUserRegistration,
  ) {}

  @Mutation(() => InitUserRegistrationPayload, { description: 'Begins a registration; stores nothing.' })
  @Operation({ signedBy: undefined, token: undefined })
  async initUserRegistration(
    @Args('input') { opaqueRequest }: InitUserRegistrationInput,
  ): Promise<InitUserRegistrationPayload> {
    const { user, terms, ...begun } = unwrap(await this.init.execute(opaqueRequest));
    return { ...begun, ...terms, userId: formatUuid(user) };
  }

  @Mutation(() => FinishUserRegistrationPayload, {
    description:
      'Makes the user and signs its client’s credential. Signed by the key in the CSR, as client:<client id>.',
  })
  @Operation({ signedBy: 'client', token: undefined })
  async finishUserRegistration(
    @Args('input') { invitation, proofOfWork, ...input }: FinishUserRegistrationInput,
    @Signed('client') request: SignedRequest,
  ): Promise<FinishUserRegistrationPayload> {
    const terms = { invitation: invitation ?? undefined, proofOfWork: proofOfWork ?? undefined };
    return { credential: unwrap(await this.finish.execute({ ...input, ...terms }, request)) };
  }
}
