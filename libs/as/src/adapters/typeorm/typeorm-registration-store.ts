import { Injectable } from '@nestjs/common';
import { formatUuid } from '@phoenix/wire';
import { DataSource, type EntityManager } from 'typeorm';
import type { IssuedCredential } from '../../domain/issued-credential.js';
import { type NewUser, type Registration, RegistrationStore } from '../../ports/registration-store.js';
import { affected, bytesOf } from './rows.js';

type Refused = Exclude<Registration['kind'], 'registered'>;

/** Undoes the transaction of a registration that is refused. */
class Undone extends Error {
  constructor(readonly kind: Refused) {
    super(kind);
  }
}

/** The RegistrationStore on Postgres. */
@Injectable()
export class TypeormRegistrationStore extends RegistrationStore {
  constructor(private readonly dataSource: DataSource) {
    super();
  }

  override async register(user: NewUser, sign: () => Promise<IssuedCredential>): Promise<Registration> {
    try {
      return await this.dataSource.transaction((manager) => register(manager, user, sign));
    } catch (error) {
      if (error instanceof Undone) return { kind: error.kind };
      throw error;
    }
  }

  override async invite(codes: readonly Uint8Array[]): Promise<void> {
    await this.dataSource.query(
      'INSERT INTO invitations (code_hash) SELECT unnest($1::bytea[]) ON CONFLICT DO NOTHING',
      [codes.map((code) => Buffer.from(code))],
    );
  }

  override async invitations(): Promise<Uint8Array[]> {
    const rows: { code_hash: Buffer }[] = await this.dataSource.query(
      'SELECT code_hash FROM invitations ORDER BY code_hash',
    );
    return rows.map((row) => bytesOf(row.code_hash));
  }
}

async function register(
  manager: EntityManager,
  { client, opaqueRecord, invitation }: NewUser,
  sign: () => Promise<IssuedCredential>,
): Promise<Registration> {
  const ids = [formatUuid(client.user.uuid), formatUuid(client.uuid)] as const;
  if (!(await insertUser(manager, ids[0], opaqueRecord))) return existing(manager, ids);
  if (await wasDeleted(manager, ids[0])) throw new Undone('taken');
  if (invitation !== undefined && !(await spend(manager, invitation))) throw new Undone('uninvited');
  const { credential, fingerprint, lastMonth } = await sign();
  await manager.query('INSERT INTO clients (user_id, client_id, credential) VALUES ($1, $2, $3)', [
    ...ids,
    Buffer.from(credential),
  ]);
  await manager.query('INSERT INTO issued_credentials VALUES ($1, $2, $3, $4)', [
    ...ids,
    Buffer.from(fingerprint),
    lastMonth,
  ]);
  return { kind: 'registered', credential };
}

/** Whether this transaction makes the user; waits for one that is making or deleting it. */
async function insertUser(manager: EntityManager, id: string, opaqueRecord: Uint8Array): Promise<boolean> {
  const made: unknown[] = await manager.query(
    'INSERT INTO users (id, opaque_record) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING RETURNING id',
    [id, Buffer.from(opaqueRecord)],
  );
  return made.length === 1;
}

async function existing(manager: EntityManager, ids: readonly [string, string]): Promise<Registration> {
  const [row]: { credential: Buffer }[] = await manager.query(
    'SELECT credential FROM clients WHERE user_id = $1 AND client_id = $2',
    [...ids],
  );
  return row === undefined ? { kind: 'taken' } : { kind: 'registered', credential: bytesOf(row.credential) };
}

async function wasDeleted(manager: EntityManager, id: string): Promise<boolean> {
  const rows: unknown[] = await manager.query(
    'SELECT FROM deleted_users WHERE id_hash = sha256(uuid_send($1::uuid))',
    [id],
  );
  return rows.length > 0;
}

async function spend(manager: EntityManager, invitation: Uint8Array): Promise<boolean> {
  const result: unknown = await manager.query('DELETE FROM invitations WHERE code_hash = $1', [
    Buffer.from(invitation),
  ]);
  return affected(result) === 1;
}
