import { Injectable } from '@nestjs/common';
import { formatUuid } from '@phoenix/wire';
import { DataSource } from 'typeorm';
import { ProfileStore } from '../../ports/profile-store.js';
import { affected, bytesOf } from './rows.js';

/** The ProfileStore on Postgres: two pairs of columns, replaced in one statement. */
@Injectable()
export class TypeormProfileStore extends ProfileStore {
  constructor(private readonly dataSource: DataSource) {
    super();
  }

  override async put(user: Uint8Array, keyId: Uint8Array, profile: Uint8Array): Promise<boolean> {
    const result: unknown = await this.dataSource.query(
      `UPDATE users SET profile_key_id = $2, profile = $3,
         former_profile_key_id = CASE WHEN profile_key_id = $2 THEN former_profile_key_id ELSE profile_key_id END,
         former_profile = CASE WHEN profile_key_id = $2 THEN former_profile ELSE profile END
       WHERE id = $1`,
      [formatUuid(user), Buffer.from(keyId), Buffer.from(profile)],
    );
    return affected(result) === 1;
  }

  override async read(user: Uint8Array, keyId: Uint8Array): Promise<Uint8Array | undefined> {
    const [row]: { profile: Buffer }[] = await this.dataSource.query(
      `SELECT CASE WHEN profile_key_id = $2 THEN profile ELSE former_profile END AS profile
       FROM users WHERE id = $1 AND (profile_key_id = $2 OR former_profile_key_id = $2)`,
      [formatUuid(user), Buffer.from(keyId)],
    );
    return row && bytesOf(row.profile);
  }
}
