import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { IssuerKind } from '../../../domain/issuer.js';

/** An issuing credential of the AS with its wrapped key. */
@Entity('issuers')
export class IssuerEntity {
  /** SHA-256 of the encoded credential. */
  @PrimaryColumn('bytea')
  fingerprint!: Buffer;

  @Column('text')
  kind!: IssuerKind;

  @Column('bytea')
  credential!: Buffer;

  @Column('bytea', { name: 'wrapped_key' })
  wrappedKey!: Buffer;
}
