import { nodeCrypto } from '@phoenix/crypto';
import type { QueueAppend } from '@phoenix/queue';
import { sampleQueue } from '@phoenix/queue/testing';
import type { ClientId } from '@phoenix/wire';
import { aliasQueueId } from '../domain/alias.js';
import type { PublishedPackage } from '../domain/published-package.js';
import type { AliasRecord } from '../ports/alias-store.js';
import type { Publication } from '../ports/connection-store.js';
import type { ConnectionStores } from './connection-stores.js';
import { aNewUser, anIssuedCredential } from './sample-accounts.js';

const crypto = nodeCrypto();

/** The month in which the samples live, since January 1970. */
export const MONTH = 675;
/** The last month of the samples' credentials. */
export const LAST_MONTH = 700;

/** A registered client. */
export async function addClient({ registration }: ConnectionStores, uuid?: Uint8Array): Promise<ClientId> {
  const user = aNewUser(crypto);
  const client = uuid === undefined ? user.client : { ...user.client, uuid };
  await registration.register({ ...user, client }, () =>
    Promise.resolve(anIssuedCredential(crypto, LAST_MONTH)),
  );
  return client;
}

/** Packages of which the first is a last resort; good through `lastMonth`. */
export function somePackages(count: number, lastMonth = MONTH): PublishedPackage[] {
  return Array.from({ length: count }, (_, index) => ({
    hash: crypto.random.bytes(32),
    lastResort: index === 0,
    lastMonth,
    encoded: crypto.random.bytes(114),
  }));
}

export function aPublication(client: ClientId, changes: Partial<Publication> = {}): Publication {
  return {
    client,
    packages: somePackages(3),
    queueEncryptionKey: crypto.random.bytes(32),
    month: MONTH,
    ...changes,
  };
}

/** Publishes, and makes the queue that goes with it. */
export function publish(
  { connections }: ConnectionStores,
  publication: Publication,
): Promise<'published' | 'gone' | 'taken'> {
  const { client, queueEncryptionKey: encryptionKey } = publication;
  return connections.publish(publication, (id) => queueOf(client.uuid, id, encryptionKey));
}

export function anAlias(name = `alias-${Buffer.from(crypto.random.bytes(8)).toString('hex')}`): AliasRecord {
  return { alias: name, authKey: crypto.random.bytes(32), queueEncryptionKey: crypto.random.bytes(32) };
}

/** Registers an alias that is there through `lastMonth`. */
export function register(
  { aliases }: ConnectionStores,
  record: AliasRecord,
  { month = MONTH, lastMonth = MONTH + 6 } = {},
): Promise<'registered' | 'taken'> {
  const queueId = aliasQueueId(crypto, record.alias);
  return aliases.register(record, { month, lastMonth }, (id) =>
    queueOf(queueId, id, record.queueEncryptionKey),
  );
}

function queueOf(id: Uint8Array, storeKeyId: number, encryptionKey: Uint8Array): QueueAppend {
  const { head, entries } = sampleQueue(id, storeKeyId);
  return { head: { ...head, encryptionKey }, entries };
}
