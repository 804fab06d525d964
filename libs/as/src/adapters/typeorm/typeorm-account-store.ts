import { Injectable } from '@nestjs/common';
import { type ClientId, equal, formatUuid } from '@phoenix/wire';
import { DataSource, type EntityManager } from 'typeorm';
import type { IssuedCredential } from '../../domain/issued-credential.js';
import { AccountStore } from '../../ports/account-store.js';
import { affected, bytesOf } from './rows.js';

/** The AccountStore on Postgres. */
@Injectable()
export class TypeormAccountStore extends AccountStore {
  constructor(private readonly dataSource: DataSource) {
    super();
  }

  override credential(client: ClientId): Promise<Uint8Array | undefined> {
    return readCredential(this.dataSource.manager, client);
  }

  override async opaqueRecord(user: Uint8Array): Promise<Uint8Array | undefined> {
    const [row]: { opaque_record: Buffer }[] = await this.dataSource.query(
      'SELECT opaque_record FROM users WHERE id = $1',
      [formatUuid(user)],
    );
    return row === undefined || row.opaque_record.length === 0 ? undefined : bytesOf(row.opaque_record);
  }

  override renew(
    client: ClientId,
    current: Uint8Array,
    next: IssuedCredential,
  ): Promise<Uint8Array | undefined> {
    return this.dataSource.transaction(async (manager) => {
      const stored = await readCredential(manager, client, 'FOR UPDATE');
      if (stored === undefined || !equal(stored, current)) return stored;
      const ids = [formatUuid(client.user.uuid), formatUuid(client.uuid)];
      await manager.query('UPDATE clients SET credential = $3 WHERE user_id = $1 AND client_id = $2', [
        ...ids,
        Buffer.from(next.credential),
      ]);
      await manager.query('INSERT INTO issued_credentials VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING', [
        ...ids,
        Buffer.from(next.fingerprint),
        next.lastMonth,
      ]);
      return next.credential;
    });
  }

  override async changePassword(user: Uint8Array, opaqueRecord: Uint8Array): Promise<boolean> {
    const result: unknown = await this.dataSource.query('UPDATE users SET opaque_record = $2 WHERE id = $1', [
      formatUuid(user),
      Buffer.from(opaqueRecord),
    ]);
    return affected(result) === 1;
  }

  override deleteUser(user: Uint8Array, nowMonth: number): Promise<boolean> {
    const id = formatUuid(user);
    return this.dataSource.transaction(async (manager) => {
      // The clients' rows first: what is being renewed is either revoked or refused, never forgotten.
      await manager.query('SELECT FROM clients WHERE user_id = $1 FOR UPDATE', [id]);
      await manager.query(
        `INSERT INTO revoked_credentials SELECT fingerprint, last_month FROM issued_credentials
         WHERE user_id = $1 AND last_month >= $2 ON CONFLICT DO NOTHING`,
        [id, nowMonth],
      );
      const result: unknown = await manager.query('DELETE FROM users WHERE id = $1', [id]);
      if (affected(result) === 0) return false;
      await manager.query(
        'INSERT INTO deleted_users VALUES (sha256(uuid_send($1::uuid)), $2) ON CONFLICT DO NOTHING',
        [id, nowMonth],
      );
      return true;
    });
  }

  override async revoked(nowMonth: number): Promise<Uint8Array[]> {
    const rows: { fingerprint: Buffer }[] = await this.dataSource.query(
      'SELECT fingerprint FROM revoked_credentials WHERE last_month >= $1 ORDER BY fingerprint',
      [nowMonth],
    );
    return rows.map(({ fingerprint }) => bytesOf(fingerprint));
  }

  override async forget(nowMonth: number): Promise<void> {
    await this.dataSource.query('DELETE FROM issued_credentials WHERE last_month < $1', [nowMonth]);
    await this.dataSource.query('DELETE FROM revoked_credentials WHERE last_month < $1', [nowMonth]);
    // A ticket lives ten minutes: one of an id that was deleted in an earlier month is over for a whole month.
    await this.dataSource.query('DELETE FROM deleted_users WHERE month < $1', [nowMonth - 1]);
  }
}

async function readCredential(
  manager: EntityManager,
  client: ClientId,
  lock: 'FOR UPDATE' | '' = '',
): Promise<Uint8Array | undefined> {
  const [row]: { credential: Buffer }[] = await manager.query(
    `SELECT credential FROM clients WHERE user_id = $1 AND client_id = $2 ${lock}`,
    [formatUuid(client.user.uuid), formatUuid(client.uuid)],
  );
  return row && bytesOf(row.credential);
}
