import { Field, ObjectType } from '@nestjs/graphql';

/** What operations answer that have nothing else to say. */
@ObjectType({ description: 'The operation took effect.' })
export class Acknowledgement {
  @Field(() => Boolean)
  acknowledged: boolean = true;
}

export const ACKNOWLEDGED = new Acknowledgement();
