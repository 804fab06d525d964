import type { DataSource } from 'typeorm';
import { type ServiceKey, type ServiceKeyName, ServiceKeyStore } from '../../ports/service-key-store.js';
import { ServiceKeyEntity } from './entities/service-key.entity.js';

/** The ServiceKeyStore on Postgres. */
export class TypeormServiceKeyStore extends ServiceKeyStore {
  constructor(private readonly dataSource: DataSource) {
    super();
  }

  override async find(name: ServiceKeyName): Promise<ServiceKey | undefined> {
    const found = await this.dataSource.manager.findOneBy(ServiceKeyEntity, { name });
    return found === null ? undefined : { publicKey: found.publicKey, wrapped: found.wrapped };
  }

  override async insertOrFind(name: ServiceKeyName, key: ServiceKey): Promise<ServiceKey> {
    const values = { name, publicKey: Buffer.from(key.publicKey), wrapped: Buffer.from(key.wrapped) };
    await this.dataSource.manager
      .createQueryBuilder()
      .insert()
      .into(ServiceKeyEntity)
      .values(values)
      .orIgnore()
      .execute();
    const found = await this.find(name);
    if (found === undefined) throw new Error('a service key vanished as it was made');
    return found;
  }
}
