import type { ClientSecrets } from '@phoenix/client/testing';
import { clientCredential, encode } from '@phoenix/wire';
import { createHash } from 'node:crypto';
import type { Marker } from './audit.js';

const NOWHERE: readonly string[] = [];
const AS_FILES = 'files.postgres.as';
const QS_FILES = 'files.postgres.qs';
const DS_FILES = 'files.postgres.ds';
const AS_USERS = [
  'as.users.id',
  'as.clients.user_id',
  'as.clients.credential',
  'as.issued_credentials.user_id',
  AS_FILES,
];
const AS_CLIENTS = [
  'as.clients.client_id',
  'as.clients.credential',
  'as.issued_credentials.client_id',
  AS_FILES,
];
const QS_USERS = ['qs.user_records.user_id', 'qs.client_records.user_id', QS_FILES];
const QS_CLIENTS = [
  'qs.client_records.client_id',
  'qs.add_packages.client_id',
  'qs.queue_heads.client_id',
  'qs.queue_entries.client_id',
  QS_FILES,
];
/** Of a leaf that came out of an add package, until the next rewrite of the table. */
const PUBLISHED = ['qs.add_packages.package', QS_FILES];

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();

/**
 * All that one client knows, and where a snapshot of the homeserver may show it (docs/security/promises.md). `published` are the
 * pseudonyms and leaf keys that lay in add packages, in hexadecimal: of leaves that never did nothing is anywhere.
 */
export function markersOf(
  who: string,
  { account, groups, packages }: ClientSecrets,
  published: ReadonlySet<string>,
): Marker[] {
  const markers: Marker[] = [];
  const plant = (name: string, bytes: Uint8Array, allowed: readonly string[] = NOWHERE) =>
    void markers.push({ name: `${who}'s ${name}`, bytes, allowed });
  const { clientId, publicKey } = account.credential.payload;
  plant('user id', clientId.user.uuid, AS_USERS);
  plant('client id', clientId.uuid, AS_CLIENTS);
  plant('credential', encode(clientCredential, account.credential), ['as.clients.credential', AS_FILES]);
  plant('credential public key', publicKey, ['as.clients.credential', AS_FILES]);
  plant('credential fingerprint', sha256(encode(clientCredential, account.credential)), [
    'as.issued_credentials.fingerprint',
    AS_FILES,
  ]);
  plant('credential private key', account.credentialKey);
  for (const [name, key] of Object.entries(account.friendship)) plant(name, key);
  plant('friendship hash', sha256(account.friendship.friendshipToken), [
    'qs.user_records.friendship_hash',
    QS_FILES,
  ]);
  plant('QsUserId', account.qsUser.id, QS_USERS);
  plant('QsUser key', account.qsUser.keys.publicKey, ['qs.user_records.user_key', QS_FILES]);
  plant('QsUser private key', account.qsUser.keys.privateKey);
  plant('QsClientId', account.qsClient.id, QS_CLIENTS);
  plant('QsClient key', account.qsClient.keys.publicKey, ['qs.client_records.client_key', QS_FILES]);
  plant('QsClient private key', account.qsClient.keys.privateKey);
  plant('queue key', account.queueEncryption.publicKey, ['qs.queue_heads.encryption_key', QS_FILES]);
  plant('queue private key', account.queueEncryption.privateKey);
  for (const { leaf, ref, privateKeys } of packages) {
    plant('package pseudonym', leaf.pseudonym, PUBLISHED);
    plant('package leaf key', leaf.signatureKeys.publicKey, PUBLISHED);
    plant('package leaf private key', leaf.signatureKeys.privateKey);
    plant('package link key', leaf.linkKey);
    plant('package private keys', privateKeys);
    plant('KeyPackageRef', ref, ['qs.add_packages.ref', QS_FILES]);
  }
  for (const { id, keys, leaf, members } of groups) {
    plant('group id', id.uuid, ['ds.groups.group_id', DS_FILES]);
    for (const [name, key] of Object.entries(keys)) plant(`group's ${name}`, key);
    plant('leaf private key', leaf.signatureKeys.privateKey);
    plant('link key', leaf.linkKey);
    const whereOf = (name: Uint8Array) => (published.has(hex(name)) ? PUBLISHED : NOWHERE);
    for (const { pseudonym, signatureKey } of members) {
      plant('fellow’s pseudonym', pseudonym, whereOf(pseudonym));
      plant('fellow’s leaf key', signatureKey, whereOf(signatureKey));
    }
  }
  return markers;
}

/** What of a client's leaves lay in add packages, in hexadecimal. */
export function publishedBy({ packages }: ClientSecrets): string[] {
  return packages.flatMap(({ leaf }) => [hex(leaf.pseudonym), hex(leaf.signatureKeys.publicKey)]);
}

/** Each marker once, however many know it. */
export function unique(markers: readonly Marker[]): Marker[] {
  return [...new Map([...markers].reverse().map((marker) => [hex(marker.bytes), marker])).values()].reverse();
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
