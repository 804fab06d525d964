import { Injectable } from '@nestjs/common';
import { PhoenixCrypto } from '@phoenix/crypto';
import { DataSource, type EntityManager } from 'typeorm';
import type { AuthorityKeys } from '../../domain/issuer.js';
import { AuthorityStore } from '../../ports/authority-store.js';
import { IssuerEntity } from './entities/issuer.entity.js';
import { TicketKeyEntity } from './entities/ticket-key.entity.js';

/** The AuthorityStore on Postgres. */
@Injectable()
export class TypeormAuthorityStore extends AuthorityStore {
  constructor(
    private readonly dataSource: DataSource,
    private readonly crypto: PhoenixCrypto,
  ) {
    super();
  }

  override load(): Promise<AuthorityKeys | undefined> {
    return this.dataSource.transaction('REPEATABLE READ', (manager) => read(manager));
  }

  override establish(keys: AuthorityKeys): Promise<AuthorityKeys> {
    return this.dataSource.transaction(async (manager) => {
      // The ticket key's row is the one that only one transaction can insert; the others wait here for its commit.
      const inserted = await manager
        .createQueryBuilder()
        .insert()
        .into(TicketKeyEntity)
        .values({ singleton: true, wrappedKey: Buffer.from(keys.ticketKey) })
        .orIgnore()
        .returning('singleton')
        .execute();
      if ((inserted.raw as unknown[]).length === 1) await manager.insert(IssuerEntity, this.rows(keys));
      const stored = await read(manager);
      if (stored === undefined) throw new Error('the keys of the AS vanished while they were established');
      return stored;
    });
  }

  private rows(keys: AuthorityKeys): IssuerEntity[] {
    return keys.issuers.map(({ kind, credential, wrappedKey }) => ({
      fingerprint: Buffer.from(this.crypto.sha256(credential)),
      kind,
      credential: Buffer.from(credential),
      wrappedKey: Buffer.from(wrappedKey),
    }));
  }
}

async function read(manager: EntityManager): Promise<AuthorityKeys | undefined> {
  const [ticketKey] = await manager.find(TicketKeyEntity);
  if (ticketKey === undefined) return undefined;
  const issuers = await manager.find(IssuerEntity, { order: { fingerprint: 'ASC' } });
  return {
    issuers: issuers.map(({ kind, credential, wrappedKey }) => ({
      kind,
      credential: new Uint8Array(credential),
      wrappedKey: new Uint8Array(wrappedKey),
    })),
    ticketKey: new Uint8Array(ticketKey.wrappedKey),
  };
}
