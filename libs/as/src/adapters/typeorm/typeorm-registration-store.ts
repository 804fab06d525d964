import { Injectable } from '@nestjs/common';
import { type ClientId, formatUuid } from '@phoenix/wire';
import { DataSource, type EntityManager } from 'typeorm';
import { RegistrationStore } from '../../ports/registration-store.js';
import { ClientEntity } from './entities/client.entity.js';
import { UserEntity } from './entities/user.entity.js';

/** The RegistrationStore on Postgres. */
@Injectable()
export class TypeormRegistrationStore extends RegistrationStore {
  constructor(private readonly dataSource: DataSource) {
    super();
  }

  override register(client: ClientId, sign: () => Promise<Uint8Array>): Promise<Uint8Array | undefined> {
    const ids = { userId: formatUuid(client.user.uuid), clientId: formatUuid(client.uuid) };
    return this.dataSource.transaction(async (manager) => {
      if (await insertUser(manager, ids.userId)) {
        const credential = await sign();
        await manager.insert(ClientEntity, { ...ids, credential: Buffer.from(credential) });
        return credential;
      }
      const existing = await manager.findOneBy(ClientEntity, ids);
      return existing ? new Uint8Array(existing.credential) : undefined;
    });
  }
}

/** Whether this transaction makes the user; waits for one that is making it. */
async function insertUser(manager: EntityManager, id: string): Promise<boolean> {
  const inserted = await manager
    .createQueryBuilder()
    .insert()
    .into(UserEntity)
    .values({ id })
    .orIgnore()
    .returning('id')
    .execute();
  return (inserted.raw as unknown[]).length === 1;
}
