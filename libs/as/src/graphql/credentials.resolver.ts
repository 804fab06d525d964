import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Operation, Signed, type SignedRequest, unwrap } from '@phoenix/edge';
import { ReadCredentials } from '../service/read-credentials.js';
import { RenewClientCredential } from '../service/renew-client-credential.js';
import { RenewClientCredentialInput, RenewClientCredentialPayload } from './account.types.js';
import { AsCredentials } from './types.js';

@Resolver()
export class CredentialsResolver {
  constructor(
    private readonly readCredentials: ReadCredentials,
    private readonly renew: RenewClientCredential,
  ) {}

  @Query(() => AsCredentials, {
    description: 'The chain above client credentials, and what of it was revoked.',
  })
  @Operation({ signedBy: undefined, token: undefined })
  asCredentials(): Promise<AsCredentials> {
    return this.readCredentials.execute();
  }

  @Mutation(() => RenewClientCredentialPayload, {
    description:
      'Signs the client’s next credential, over the key that it has unless that key hands over to another.',
  })
  @Operation({ signedBy: 'client', token: 'as' })
  async renewClientCredential(
    @Args('input') { csr, succession }: RenewClientCredentialInput,
    @Signed('client') request: SignedRequest,
  ): Promise<RenewClientCredentialPayload> {
    const next = csr || succession ? { csr: csr ?? NONE, succession: succession ?? NONE } : undefined;
    return { credential: unwrap(await this.renew.execute(next, request)) };
  }
}

/** No encoding of anything: who brings one without the other is told which it was. */
const NONE = new Uint8Array(0);
