import { Query, Resolver } from '@nestjs/graphql';
import { Operation } from '@phoenix/edge';
import { ReadCredentials } from '../service/read-credentials.js';
import { AsCredentials } from './types.js';

@Resolver()
export class CredentialsResolver {
  constructor(private readonly readCredentials: ReadCredentials) {}

  @Query(() => AsCredentials, {
    description: 'The chain above client credentials, and what of it was revoked.',
  })
  @Operation({ signedBy: undefined, token: undefined })
  asCredentials(): AsCredentials {
    return this.readCredentials.execute();
  }
}
