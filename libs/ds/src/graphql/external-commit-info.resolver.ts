import { Args, Query, Resolver } from '@nestjs/graphql';
import { Operation, Signed, type SignedRequest, unwrap, uuidInput } from '@phoenix/edge';
import {
  ExternalCommitInfo as GetExternalCommitInfo,
  type ExternalCommitInfoResult,
} from '../service/external-commit-info.js';
import { ExternalCommitInfo, ExternalCommitInfoInput } from './external-commit-info.types.js';

/** The way into a group for those who commit from outside. */
@Resolver()
export class ExternalCommitInfoResolver {
  constructor(private readonly infos: GetExternalCommitInfo) {}

  @Query(() => ExternalCommitInfo, {
    description: 'For members; unsigned for the contact of a group that is open and has one member.',
  })
  @Operation({ signedBy: 'leaf', optional: true, token: 'ds' })
  async externalCommitInfo(
    @Args('input') { groupId, ...input }: ExternalCommitInfoInput,
    @Signed('leaf', { optional: true }) request: SignedRequest | undefined,
  ): Promise<ExternalCommitInfoResult> {
    return unwrap(await this.infos.execute({ ...input, groupId: uuidInput(groupId) }, request));
  }
}
