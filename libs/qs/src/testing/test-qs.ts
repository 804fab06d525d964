import { type KeyVault, nodeCrypto } from '@phoenix/crypto';
import { MemoryKeyVault, TestClock } from '@phoenix/crypto/testing';
import { type QueueEntry, RotateStoreKey, StoreKeys } from '@phoenix/queue';
import type { QueueEntryContent } from '@phoenix/wire';
import { AddPackageChecks } from '../service/add-package-checks.js';
import { CreateUserRecord } from '../service/create-user-record.js';
import { DeleteUserRecord } from '../service/delete-user-record.js';
import { DequeueMessages } from '../service/dequeue-messages.js';
import { EnqueueFanOuts } from '../service/enqueue-fan-outs.js';
import { ExpireQueues } from '../service/expire-queues.js';
import { FanOutWriter } from '../service/fan-out-writer.js';
import { FindUserRecord } from '../service/find-user-record.js';
import { HomeDomain } from '../service/home-domain.js';
import { PublishAddPackages } from '../service/publish-add-packages.js';
import { QueueAddresses } from '../service/queue-addresses.js';
import { ServiceKeys } from '../service/service-keys.js';
import { TakeAddPackages } from '../service/take-add-packages.js';
import { UpdateClientRecord } from '../service/update-client-record.js';
import { UpdateUserRecord } from '../service/update-user-record.js';
import { VAULT_PURPOSES } from '../service/vault-purposes.js';
import { type QsAddress, QsClient } from './qs-client.js';
import type { QsStores } from './stores.js';

const crypto = nodeCrypto();
/** A Wednesday, in the middle of a month. */
const START = Date.UTC(2026, 3, 15, 12);

export interface TestQsParts {
  readonly clock: TestClock;
  readonly vault: KeyVault;
}

/** The use cases of a QS over given stores, without Nest and HTTP. Two over one database and vault are two processes. */
export class TestQs {
  static readonly domain = 'example.com';
  readonly clock: TestClock;
  readonly vault: KeyVault;
  readonly serviceKeys: ServiceKeys;
  readonly storeKeys: StoreKeys;
  readonly enqueueFanOuts: EnqueueFanOuts;
  readonly dequeueMessages: DequeueMessages;
  readonly createUserRecord: CreateUserRecord;
  readonly findUserRecord: FindUserRecord;
  readonly updateUserRecord: UpdateUserRecord;
  readonly updateClientRecord: UpdateClientRecord;
  readonly deleteUserRecord: DeleteUserRecord;
  readonly publishAddPackages: PublishAddPackages;
  readonly takeAddPackages: TakeAddPackages;
  readonly rotateStoreKey: RotateStoreKey;
  readonly expireQueues: ExpireQueues;

  private constructor(
    readonly stores: QsStores,
    parts: Partial<TestQsParts>,
  ) {
    const { records, packages, queues } = stores;
    const clock = (this.clock = parts.clock ?? new TestClock(START));
    const vault = (this.vault = parts.vault ?? new MemoryKeyVault(crypto));
    this.serviceKeys = new ServiceKeys(stores.serviceKeys, vault, crypto, new HomeDomain(TestQs.domain));
    this.storeKeys = new StoreKeys(vault, stores.storeKeys, VAULT_PURPOSES.ratchet);
    const writer = new FanOutWriter(queues, this.storeKeys, crypto, clock);
    const addresses = new QueueAddresses(crypto, this.serviceKeys, records);
    this.enqueueFanOuts = new EnqueueFanOuts(addresses, writer, crypto);
    this.dequeueMessages = new DequeueMessages(records, queues, clock);
    this.createUserRecord = new CreateUserRecord(records, this.storeKeys, crypto, clock);
    this.findUserRecord = new FindUserRecord(records);
    this.updateUserRecord = new UpdateUserRecord(records, crypto);
    this.updateClientRecord = new UpdateClientRecord(records, crypto);
    this.deleteUserRecord = new DeleteUserRecord(records);
    const checks = new AddPackageChecks(crypto, clock, this.serviceKeys, records);
    this.publishAddPackages = new PublishAddPackages(records, checks, packages, crypto);
    this.takeAddPackages = new TakeAddPackages(packages, crypto, clock);
    this.rotateStoreKey = new RotateStoreKey(
      vault,
      stores.storeKeys,
      this.storeKeys,
      crypto,
      VAULT_PURPOSES.ratchet,
    );
    this.expireQueues = new ExpireQueues(queues, clock);
  }

  static async start(stores: QsStores, parts: Partial<TestQsParts> = {}): Promise<TestQs> {
    const qs = new TestQs(stores, parts);
    await qs.serviceKeys.open();
    await qs.storeKeys.open();
    return qs;
  }

  get address(): QsAddress {
    return { domain: TestQs.domain, queueConfigKey: this.serviceKeys.queueConfigPublicKey };
  }

  /** A client whose records exist. */
  async register(): Promise<QsClient> {
    const client = new QsClient();
    const created = await this.createUserRecord.execute(client.asUser, client.creation);
    if (!created.ok) throw new Error(created.refusal.code);
    return client;
  }

  async registerMany(count: number): Promise<QsClient[]> {
    return Promise.all(Array.from({ length: count }, () => this.register()));
  }

  configsOf(clients: readonly QsClient[]): Uint8Array[] {
    return clients.map((client) => client.sealConfig(this.address));
  }

  /** One fan-out to configs, under a fresh id unless one is given. */
  async send(
    configs: readonly Uint8Array[],
    payload: Uint8Array,
    id: Uint8Array = crypto.random.bytes(16),
  ): Promise<void> {
    const entry: QueueEntryContent = {
      type: 'application',
      timestamp: BigInt(this.clock.now()),
      payload,
    };
    const sent = await this.enqueueFanOuts.execute([{ id, configs, entry }]);
    if (!sent.ok) throw new Error(sent.refusal.code);
  }

  /** What a client finds from a seq on; what lies below is acknowledged. */
  async dequeue(client: QsClient, from = 0n, max = 500): Promise<readonly QueueEntry[]> {
    const { clientId } = client;
    const dequeued = await this.dequeueMessages.execute(client.asClient, { clientId, from, max });
    if (!dequeued.ok) throw new Error(dequeued.refusal.code);
    return dequeued.value;
  }
}
