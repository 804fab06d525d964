import { BytesScalar } from '@phoenix/edge';
import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';

@InputType()
export class PublishAddPackagesInput {
  @Field(() => ID)
  clientId!: string;

  @Field(() => [BytesScalar], { description: 'At most 256 AddPackages, at least one of them a last resort.' })
  addPackages!: Uint8Array[];
}

@InputType()
export class TakeAddPackagesInput {
  @Field(() => BytesScalar)
  friendshipToken!: Uint8Array;
}

@ObjectType()
export class TakeAddPackagesPayload {
  @Field(() => [BytesScalar])
  addPackages!: Uint8Array[];
}
