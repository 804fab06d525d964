import { Entity, PrimaryColumn } from 'typeorm';

/** A registered user: its id, and nothing of when or from where. */
@Entity('users')
export class UserEntity {
  @PrimaryColumn('uuid')
  id!: string;
}
