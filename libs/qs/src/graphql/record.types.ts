import { Field, ID, ObjectType } from '@nestjs/graphql';

@ObjectType('UserRecord', { description: 'What the QS keeps of a user, as far as its owner needs it.' })
export class UserRecordType {
  @Field(() => [ID])
  clientIds!: string[];
}
