import { BytesScalar, UInt64Scalar } from '@phoenix/edge';
import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';

@InputType()
export class PublishConnectionPackagesInput {
  @Field(() => BytesScalar, {
    description: 'HPKE public key that the updates of the client’s direct queue are sealed to.',
  })
  queueEncryptionKey!: Uint8Array;

  @Field(() => [BytesScalar], {
    description: 'SignedConnectionPackages, at most 100; at least one last resort.',
  })
  packages!: Uint8Array[];
}

@InputType()
export class TakeConnectionPackageInput {
  @Field(() => ID)
  userId!: string;
}

@ObjectType()
export class TakeConnectionPackagePayload {
  @Field(() => BytesScalar, { description: 'A SignedConnectionPackage.' })
  package!: Uint8Array;

  @Field(() => BytesScalar, { description: 'The ClientCredential that its client has now.' })
  credential!: Uint8Array;
}

@InputType()
export class EnqueueConnectionOfferInput {
  @Field(() => ID, { description: 'The client whose package was taken, as its credential names it.' })
  clientId!: string;

  @Field(() => BytesScalar, { description: 'A SealedConnectionOffer.' })
  offer!: Uint8Array;
}

@InputType()
export class DequeueConnectionOffersInput {
  @Field(() => UInt64Scalar, { description: 'What lies below is acknowledged and gone, opened or not.' })
  from!: bigint;

  @Field(() => Int, { description: 'At most this many entries, and never more than 500.' })
  max!: number;
}
