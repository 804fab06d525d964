import { Acknowledgement, ACKNOWLEDGED, Operation, Signed, type SignedRequest, unwrap } from '@phoenix/edge';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { DeleteAlias } from '../service/delete-alias.js';
import { PublishAliasPackages } from '../service/publish-alias-packages.js';
import { RefreshAlias } from '../service/refresh-alias.js';
import { RegisterAlias } from '../service/register-alias.js';
import { AliasInput, PublishAliasPackagesInput, RegisterAliasInput } from './alias.types.js';

/** What the owner of an alias does with it, signed by the alias's own key and by no other. */
@Resolver()
export class AliasResolver {
  constructor(
    private readonly register: RegisterAlias,
    private readonly refresh: RefreshAlias,
    private readonly release: DeleteAlias,
    private readonly publish: PublishAliasPackages,
  ) {}

  @Operation({ signedBy: 'alias', token: 'as-create' })
  @Mutation(() => Acknowledgement, {
    description: 'Makes an alias, for this month and six more. Signed by the key in the input.',
  })
  async registerAlias(
    @Signed('alias') request: SignedRequest,
    @Args('input') input: RegisterAliasInput,
  ): Promise<Acknowledgement> {
    unwrap(await this.register.execute(request, input));
    return ACKNOWLEDGED;
  }

  @Operation({ signedBy: 'alias', token: 'as' })
  @Mutation(() => Acknowledgement, { description: 'Keeps an alias for this month and six more.' })
  async refreshAlias(
    @Signed('alias') request: SignedRequest,
    @Args('input') { alias }: AliasInput,
  ): Promise<Acknowledgement> {
    unwrap(await this.refresh.execute(request, alias));
    return ACKNOWLEDGED;
  }

  @Operation({ signedBy: 'alias', token: 'as' })
  @Mutation(() => Acknowledgement, { description: 'Releases an alias with all that is its.' })
  async deleteAlias(
    @Signed('alias') request: SignedRequest,
    @Args('input') { alias }: AliasInput,
  ): Promise<Acknowledgement> {
    unwrap(await this.release.execute(request, alias));
    return ACKNOWLEDGED;
  }

  @Operation({ signedBy: 'alias', token: 'as' })
  @Mutation(() => Acknowledgement, { description: 'Replaces all packages of an alias.' })
  async publishAliasPackages(
    @Signed('alias') request: SignedRequest,
    @Args('input') input: PublishAliasPackagesInput,
  ): Promise<Acknowledgement> {
    unwrap(await this.publish.execute(request, input));
    return ACKNOWLEDGED;
  }
}
