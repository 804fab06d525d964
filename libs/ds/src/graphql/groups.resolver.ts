import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import {
  Acknowledgement,
  ACKNOWLEDGED,
  BytesScalar,
  Operation,
  Signed,
  type SignedRequest,
  unwrap,
  uuidInput,
} from '@phoenix/edge';
import { formatUuid } from '@phoenix/wire';
import { CreateGroup } from '../service/create-group.js';
import { RequestGroupId } from '../service/request-group-id.js';
import { ServiceKeys } from '../service/service-keys.js';
import { WelcomeInfo as GetWelcomeInfo, type WelcomeInfoResult } from '../service/welcome-info.js';
import { CreateGroupInput } from './create-group.input.js';
import { RequestGroupIdPayload, WelcomeInfo } from './payloads.js';
import { WelcomeInfoInput } from './welcome-info.input.js';

/** Making groups and getting into them. */
@Resolver()
export class GroupsResolver {
  constructor(
    private readonly keys: ServiceKeys,
    private readonly ids: RequestGroupId,
    private readonly creation: CreateGroup,
    private readonly welcomes: GetWelcomeInfo,
  ) {}

  @Query(() => BytesScalar, { description: 'The one key that groups list in external_senders: Ed25519.' })
  @Operation({ signedBy: undefined, token: undefined })
  dsVerifyingKey(): Uint8Array {
    return this.keys.verifyingKey;
  }

  @Mutation(() => RequestGroupIdPayload)
  @Operation({ signedBy: undefined, token: 'ds-create' })
  requestGroupId(): { groupId: string; ticket: Uint8Array } {
    const { groupId, ticket } = this.ids.execute();
    return { groupId: formatUuid(groupId), ticket };
  }

  @Mutation(() => Acknowledgement)
  @Operation({ signedBy: 'leaf', token: 'ds' })
  async createGroup(
    @Args('input') { groupId, ...input }: CreateGroupInput,
    @Signed('leaf') request: SignedRequest,
  ): Promise<Acknowledgement> {
    unwrap(await this.creation.execute({ ...input, groupId: uuidInput(groupId) }, request));
    return ACKNOWLEDGED;
  }

  @Query(() => WelcomeInfo, { description: 'For a client that was added, also when the group has moved on.' })
  @Operation({ signedBy: 'joiner', token: 'ds' })
  async welcomeInfo(
    @Args('input') { groupId, ...input }: WelcomeInfoInput,
    @Signed('joiner') request: SignedRequest,
  ): Promise<WelcomeInfoResult> {
    return unwrap(await this.welcomes.execute({ ...input, groupId: uuidInput(groupId) }, request));
  }
}
