import { BytesScalar } from '@phoenix/edge';
import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';

@InputType({ description: 'Empty to keep the key. A new key comes with both.' })
export class RenewClientCredentialInput {
  @Field(() => BytesScalar, { nullable: true, description: 'A ClientCsr of the new key.' })
  csr?: Uint8Array | null;

  @Field(() => BytesScalar, { nullable: true, description: 'A KeySuccession, signed by the present key.' })
  succession?: Uint8Array | null;
}

@ObjectType()
export class RenewClientCredentialPayload {
  @Field(() => BytesScalar, { description: 'The ClientCredential; within one month the same again.' })
  credential!: Uint8Array;
}

@InputType()
export class InitTwoFactorInput {
  @Field(() => BytesScalar, { description: 'OPAQUE KE1 (RFC 9807).' })
  ke1!: Uint8Array;

  @Field(() => BytesScalar, {
    nullable: true,
    description: 'OPAQUE RegistrationRequest of a new password, for changePassword.',
  })
  opaqueRequest?: Uint8Array | null;
}

@ObjectType()
export class InitTwoFactorPayload {
  @Field(() => BytesScalar, { description: 'OPAQUE KE2; to be answered within five minutes.' })
  ke2!: Uint8Array;

  @Field(() => BytesScalar, { nullable: true, description: 'OPAQUE RegistrationResponse, where asked for.' })
  opaqueResponse?: Uint8Array | undefined;
}

@InputType()
export class ChangePasswordInput {
  @Field(() => BytesScalar, { description: 'OPAQUE KE3, of the present password.' })
  ke3!: Uint8Array;

  @Field(() => BytesScalar, { description: 'OPAQUE RegistrationRecord of the new password.' })
  opaqueRecord!: Uint8Array;
}

@InputType()
export class DeleteUserInput {
  @Field(() => BytesScalar, { description: 'OPAQUE KE3.' })
  ke3!: Uint8Array;
}

@InputType()
export class UpdateUserProfileInput {
  @Field(() => BytesScalar, {
    description: 'DeriveKey(profile key, "profile id", user id)[..16].',
  })
  keyId!: Uint8Array;

  @Field(() => BytesScalar, { description: 'An Encrypted of what Pad made.' })
  profile!: Uint8Array;
}

@InputType()
export class UserProfileInput {
  @Field(() => ID, { description: 'The UUID of a user of this home domain.' })
  userId!: string;

  @Field(() => BytesScalar)
  keyId!: Uint8Array;
}
