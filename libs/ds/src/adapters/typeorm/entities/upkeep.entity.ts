import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A task of the month, and the month for which it was done last. */
@Entity('upkeep')
export class UpkeepEntity {
  @PrimaryColumn('text')
  task!: string;

  /** Months since January 1970. */
  @Column('int')
  month!: number;
}
