import {
  Acknowledgement,
  ACKNOWLEDGED,
  Operation,
  Signed,
  type SignedRequest,
  unwrap,
  uuidInput,
} from '@phoenix/edge';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { UpdateClientRecord } from '../service/update-client-record.js';
import { UpdateClientRecordInputType } from './record.inputs.js';

/** Client records. */
@Resolver()
export class ClientRecordResolver {
  constructor(private readonly update: UpdateClientRecord) {}

  @Operation({ signedBy: 'qs-client', token: 'qs' })
  @Mutation(() => Acknowledgement)
  async updateClientRecord(
    @Signed('qs-client') request: SignedRequest,
    @Args('input') input: UpdateClientRecordInputType,
  ): Promise<Acknowledgement> {
    const changes = {
      clientKey: input.clientKey ?? undefined,
      clientKeyProof: input.clientKeyProof ?? undefined,
      queueEncryptionKey: input.queueEncryptionKey ?? undefined,
    };
    unwrap(await this.update.execute(request, { clientId: uuidInput(input.clientId), ...changes }));
    return ACKNOWLEDGED;
  }
}
