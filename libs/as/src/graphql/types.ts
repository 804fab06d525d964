import { BytesScalar } from '@phoenix/edge';
import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';

@ObjectType({ description: 'What vouches for the credentials of this home domain.' })
export class AsCredentials {
  @Field(() => [BytesScalar], { description: 'AsCredentials: the roots.' })
  roots!: readonly Uint8Array[];

  @Field(() => [BytesScalar], { description: 'AsIntermediateCredentials, each signed by a root.' })
  intermediates!: readonly Uint8Array[];

  @Field(() => [BytesScalar], {
    description: 'SHA-256 fingerprints of credentials that were revoked before they expired.',
  })
  revoked!: readonly Uint8Array[];
}

@ObjectType()
export class InitUserRegistrationPayload {
  @Field(() => ID, { description: 'The UUID of the user id that the AS drew.' })
  userId!: string;

  @Field(() => BytesScalar, { description: 'Sealed; to be handed back within ten minutes.' })
  ticket!: Uint8Array;
}

@InputType()
export class FinishUserRegistrationInput {
  @Field(() => BytesScalar)
  ticket!: Uint8Array;

  @Field(() => BytesScalar, { description: 'A ClientCsr for the user id that the ticket holds.' })
  csr!: Uint8Array;
}

@ObjectType()
export class FinishUserRegistrationPayload {
  @Field(() => BytesScalar, {
    description: 'The ClientCredential; the same again for the same ticket and CSR.',
  })
  credential!: Uint8Array;
}
