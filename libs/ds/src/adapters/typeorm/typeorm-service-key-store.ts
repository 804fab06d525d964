import type { DataSource } from 'typeorm';
import { type ServiceKey, ServiceKeyStore } from '../../ports/service-key-store.js';
import { ServiceKeyEntity } from './entities/service-key.entity.js';

/** The ServiceKeyStore on Postgres. */
export class TypeormServiceKeyStore extends ServiceKeyStore {
  constructor(private readonly dataSource: DataSource) {
    super();
  }

  override async load(name: string): Promise<ServiceKey | undefined> {
    const row = await this.dataSource.getRepository(ServiceKeyEntity).findOneBy({ name });
    if (row === null) return undefined;
    return {
      wrapped: new Uint8Array(row.wrapped),
      publicKey: row.publicKey === null ? undefined : new Uint8Array(row.publicKey),
    };
  }

  override async keep(name: string, { wrapped, publicKey }: ServiceKey): Promise<ServiceKey> {
    const row = { name, wrapped: Buffer.from(wrapped), publicKey: publicKey ? Buffer.from(publicKey) : null };
    await this.dataSource
      .createQueryBuilder()
      .insert()
      .into(ServiceKeyEntity)
      .values(row)
      .orIgnore()
      .execute();
    const kept = await this.load(name);
    if (kept === undefined) throw new Error('a key of the DS vanished while it was kept');
    return kept;
  }
}
