import { BytesScalar, UInt64Scalar } from '@phoenix/edge';
import { Field, InputType, Int, ObjectType } from '@nestjs/graphql';

@InputType()
export class AliasInput {
  @Field(() => String)
  alias!: string;
}

@InputType()
export class RegisterAliasInput {
  @Field(() => String, { description: 'Three to 63 of a-z, 0-9, ".", "_" and "-".' })
  alias!: string;

  @Field(() => BytesScalar, {
    description: 'Ed25519 public key, fresh for this alias: signs this request, too.',
  })
  authKey!: Uint8Array;

  @Field(() => BytesScalar, {
    description: 'HPKE public key that the updates of the alias’s queue are sealed to.',
  })
  queueEncryptionKey!: Uint8Array;
}

@InputType()
export class PublishAliasPackagesInput {
  @Field(() => String)
  alias!: string;

  @Field(() => [BytesScalar], {
    description: 'ConnectionPackages without signatures, at most 100; at least one last resort.',
  })
  packages!: Uint8Array[];
}

@ObjectType()
export class TakeAliasPackagePayload {
  @Field(() => BytesScalar, { description: 'A ConnectionPackage.' })
  package!: Uint8Array;
}

@InputType()
export class EnqueueAliasOfferInput {
  @Field(() => String)
  alias!: string;

  @Field(() => BytesScalar, { description: 'A SealedConnectionOffer.' })
  offer!: Uint8Array;
}

@InputType()
export class DequeueAliasOffersInput {
  @Field(() => String)
  alias!: string;

  @Field(() => UInt64Scalar, { description: 'What lies below is acknowledged and gone, opened or not.' })
  from!: bigint;

  @Field(() => Int, { description: 'At most this many entries, and never more than 500.' })
  max!: number;
}
