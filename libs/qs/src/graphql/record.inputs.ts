import { BytesScalar } from '@phoenix/edge';
import { Field, ID, InputType } from '@nestjs/graphql';

@InputType()
export class UserRecordInput {
  @Field(() => ID)
  userId!: string;
}

@InputType('CreateUserRecordInput')
export class CreateUserRecordInputType {
  @Field(() => ID)
  userId!: string;

  @Field(() => BytesScalar)
  userKey!: Uint8Array;

  @Field(() => BytesScalar)
  friendshipToken!: Uint8Array;

  @Field(() => ID)
  clientId!: string;

  @Field(() => BytesScalar)
  clientKey!: Uint8Array;

  @Field(() => BytesScalar, {
    description: 'SignWithLabel(client key, "QsClientKey", userId || clientId || userKey)',
  })
  clientKeyProof!: Uint8Array;

  @Field(() => BytesScalar)
  queueEncryptionKey!: Uint8Array;
}

@InputType('UpdateUserRecordInput')
export class UpdateUserRecordInputType {
  @Field(() => ID)
  userId!: string;

  @Field(() => BytesScalar, { nullable: true })
  userKey?: Uint8Array | null;

  @Field(() => BytesScalar, { nullable: true })
  friendshipToken?: Uint8Array | null;
}

@InputType('UpdateClientRecordInput')
export class UpdateClientRecordInputType {
  @Field(() => ID)
  clientId!: string;

  @Field(() => BytesScalar, { nullable: true })
  clientKey?: Uint8Array | null;

  @Field(() => BytesScalar, { nullable: true })
  clientKeyProof?: Uint8Array | null;

  @Field(() => BytesScalar, { nullable: true })
  queueEncryptionKey?: Uint8Array | null;
}
