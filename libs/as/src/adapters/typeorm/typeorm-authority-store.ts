import { Injectable } from '@nestjs/common';
import { PhoenixCrypto } from '@phoenix/crypto';
import { DataSource, type EntityManager } from 'typeorm';
import type { AuthorityKeys, IssuerChanges, StoredIssuer } from '../../domain/issuer.js';
import { AuthorityStore } from '../../ports/authority-store.js';
import { IssuerEntity } from './entities/issuer.entity.js';
import { TicketKeyEntity } from './entities/ticket-key.entity.js';
import { bytesOf } from './rows.js';

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
      if ((inserted.raw as unknown[]).length === 1)
        await manager.insert(IssuerEntity, this.rows(keys.issuers));
      const stored = await read(manager);
      if (stored === undefined) throw new Error('the keys of the AS vanished while they were established');
      return stored;
    });
  }

  override rotate(
    decide: (issuers: readonly StoredIssuer[]) => Promise<IssuerChanges>,
  ): Promise<readonly StoredIssuer[]> {
    return this.dataSource.transaction(async (manager) => {
      await manager.query('SELECT FROM ticket_keys FOR UPDATE');
      const { added, retired, forgotten } = await decide(await readIssuers(manager));
      await manager.insert(IssuerEntity, this.rows(added));
      const named = (fingerprints: readonly Uint8Array[]) => [fingerprints.map((each) => Buffer.from(each))];
      await manager.query(
        "UPDATE issuers SET wrapped_key = '' WHERE fingerprint = ANY($1::bytea[])",
        named(retired),
      );
      await manager.query('DELETE FROM issuers WHERE fingerprint = ANY($1::bytea[])', named(forgotten));
      return readIssuers(manager);
    });
  }

  override async establishOpaqueSetup(wrapped: Uint8Array): Promise<Uint8Array> {
    await this.dataSource.query('INSERT INTO opaque_setups VALUES (true, $1) ON CONFLICT DO NOTHING', [
      Buffer.from(wrapped),
    ]);
    const stored = await this.opaqueSetup();
    if (stored === undefined) throw new Error('the OPAQUE set-up vanished while it was established');
    return stored;
  }

  override async opaqueSetup(): Promise<Uint8Array | undefined> {
    const [row]: { wrapped_setup: Buffer }[] = await this.dataSource.query(
      'SELECT wrapped_setup FROM opaque_setups',
    );
    return row && bytesOf(row.wrapped_setup);
  }

  private rows(issuers: readonly StoredIssuer[]): IssuerEntity[] {
    return issuers.map(({ kind, credential, wrappedKey }) => ({
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
  return { issuers: await readIssuers(manager), ticketKey: bytesOf(ticketKey.wrappedKey) };
}

async function readIssuers(manager: EntityManager): Promise<StoredIssuer[]> {
  const issuers = await manager.find(IssuerEntity, { order: { fingerprint: 'ASC' } });
  return issuers.map(({ kind, credential, wrappedKey }) => ({
    kind,
    credential: bytesOf(credential),
    wrappedKey: bytesOf(wrappedKey),
  }));
}
