import { BytesScalar } from '@phoenix/edge';
import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';

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

@InputType()
export class InitUserRegistrationInput {
  @Field(() => BytesScalar, { description: 'OPAQUE RegistrationRequest (RFC 9807).' })
  opaqueRequest!: Uint8Array;
}

@ObjectType()
export class InitUserRegistrationPayload {
  @Field(() => ID, { description: 'The UUID of the user id that the AS drew.' })
  userId!: string;

  @Field(() => BytesScalar, { description: 'Sealed; to be handed back within ten minutes.' })
  ticket!: Uint8Array;

  @Field(() => BytesScalar, { description: 'OPAQUE RegistrationResponse.' })
  opaqueResponse!: Uint8Array;

  @Field({ description: 'Whether the second step takes an invitation code.' })
  invitation!: boolean;

  @Field(() => Int, {
    description: 'Leading zero bits of the puzzle that the second step takes; 0 for none.',
  })
  proofOfWork!: number;
}

@InputType()
export class FinishUserRegistrationInput {
  @Field(() => BytesScalar)
  ticket!: Uint8Array;

  @Field(() => BytesScalar, { description: 'A ClientCsr for the user id that the ticket holds.' })
  csr!: Uint8Array;

  @Field(() => BytesScalar, { description: 'OPAQUE RegistrationRecord.' })
  opaqueRecord!: Uint8Array;

  @Field(() => String, { nullable: true })
  invitation?: string | null;

  @Field(() => BytesScalar, { nullable: true, description: '8 bytes.' })
  proofOfWork?: Uint8Array | null;
}

@ObjectType()
export class FinishUserRegistrationPayload {
  @Field(() => BytesScalar, {
    description: 'The ClientCredential; the same again for the same ticket and CSR.',
  })
  credential!: Uint8Array;
}
