import {
  Acknowledgement,
  ACKNOWLEDGED,
  Operation,
  Signed,
  type SignedRequest,
  unwrap,
  uuidInput,
} from '@phoenix/edge';
import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { formatUuid } from '@phoenix/wire';
import { CreateUserRecord } from '../service/create-user-record.js';
import { DeleteUserRecord } from '../service/delete-user-record.js';
import { FindUserRecord } from '../service/find-user-record.js';
import { UpdateUserRecord } from '../service/update-user-record.js';
import { CreateUserRecordInputType, UpdateUserRecordInputType, UserRecordInput } from './record.inputs.js';
import { UserRecordType } from './record.types.js';

/** User records. */
@Resolver()
export class UserRecordResolver {
  constructor(
    private readonly create: CreateUserRecord,
    private readonly find: FindUserRecord,
    private readonly update: UpdateUserRecord,
    private readonly remove: DeleteUserRecord,
  ) {}

  @Operation({ signedBy: 'qs-user', token: 'qs' })
  @Query(() => UserRecordType)
  async userRecord(
    @Signed('qs-user') request: SignedRequest,
    @Args('input') input: UserRecordInput,
  ): Promise<{ clientIds: string[] }> {
    const clientIds = unwrap(await this.find.execute(request, uuidInput(input.userId)));
    return { clientIds: clientIds.map(formatUuid) };
  }

  @Operation({ signedBy: 'qs-user', token: 'qs-create' })
  @Mutation(() => Acknowledgement)
  async createUserRecord(
    @Signed('qs-user') request: SignedRequest,
    @Args('input') { userId, clientId, ...keys }: CreateUserRecordInputType,
  ): Promise<Acknowledgement> {
    const ids = { userId: uuidInput(userId), clientId: uuidInput(clientId) };
    unwrap(await this.create.execute(request, { ...keys, ...ids }));
    return ACKNOWLEDGED;
  }

  @Operation({ signedBy: 'qs-user', token: 'qs' })
  @Mutation(() => Acknowledgement)
  async updateUserRecord(
    @Signed('qs-user') request: SignedRequest,
    @Args('input') input: UpdateUserRecordInputType,
  ): Promise<Acknowledgement> {
    const { userKey, friendshipToken } = input;
    const changes = { userKey: userKey ?? undefined, friendshipToken: friendshipToken ?? undefined };
    unwrap(await this.update.execute(request, { userId: uuidInput(input.userId), ...changes }));
    return ACKNOWLEDGED;
  }

  @Operation({ signedBy: 'qs-user', token: 'qs' })
  @Mutation(() => Acknowledgement)
  async deleteUserRecord(
    @Signed('qs-user') request: SignedRequest,
    @Args('input') input: UserRecordInput,
  ): Promise<Acknowledgement> {
    unwrap(await this.remove.execute(request, uuidInput(input.userId)));
    return ACKNOWLEDGED;
  }
}
