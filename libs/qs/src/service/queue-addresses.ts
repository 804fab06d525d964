import { Injectable } from '@nestjs/common';
import { PhoenixCrypto, wipe } from '@phoenix/crypto';
import { formatUuid, type QueueConfig } from '@phoenix/wire';
import { BoundedMap } from '../domain/bounded-map.js';
import { addressOf, isSignedBy, openQueueConfig, type QueueAddress } from '../domain/queue-address.js';
import { RecordStore } from '../ports/record-store.js';
import { ServiceKeys } from './service-keys.js';

/** About 200 bytes each. */
const REMEMBERED = 100_000;
/** Opening takes 0.1 ms and more: other requests get their turn in between. */
const SLICE = 32;

/** Where sealed configs lead. */
export interface ResolvedConfigs {
  readonly addresses: readonly QueueAddress[];
  /** SHA-256 of those that can be opened and whose client has no record: it is deleted. */
  readonly unrecorded: readonly Uint8Array[];
}

/** What a config that cannot be opened leads to. */
const NOWHERE = Symbol('nowhere');

/** Finds out where sealed queue configs lead: opens each once and remembers the answer by the config's digest, in memory alone. */
@Injectable()
export class QueueAddresses {
  readonly #known = new BoundedMap<string, QueueAddress | typeof NOWHERE>(REMEMBERED);

  constructor(
    private readonly crypto: PhoenixCrypto,
    private readonly keys: ServiceKeys,
    private readonly records: RecordStore,
  ) {}

  /** Where they lead; what is no config of ours, or not vouched for by its client's record, is passed over. */
  async resolve(sealedConfigs: readonly Uint8Array[]): Promise<ResolvedConfigs> {
    const addresses: QueueAddress[] = [];
    const unknown = new Map<string, Uint8Array>();
    for (const sealed of sealedConfigs) {
      const digest = this.#digest(sealed);
      const known = this.#known.get(digest);
      if (known === undefined) unknown.set(digest, sealed);
      else if (known !== NOWHERE) addresses.push(known);
    }
    if (unknown.size === 0) return { addresses, unrecorded: [] };
    const opened = await this.#openAll(unknown);
    return { ...opened, addresses: [...addresses, ...opened.addresses] };
  }

  /** SHA-256 of those configs that are known to lead to one of the clients. */
  leadingTo(sealedConfigs: readonly Uint8Array[], clientIds: ReadonlySet<string>): Uint8Array[] {
    return sealedConfigs
      .map((sealed) => this.crypto.sha256(sealed))
      .filter((digest) => {
        const known = this.#known.get(textOf(digest));
        return known !== undefined && known !== NOWHERE && clientIds.has(known.clientId);
      });
  }

  async #openAll(sealedConfigs: ReadonlyMap<string, Uint8Array>): Promise<ResolvedConfigs> {
    const opened = await this.#open(sealedConfigs);
    const clientIds = [...opened.values()].map((config) => formatUuid(config.clientId));
    const clientKeys = await this.records.findClientKeys([...new Set(clientIds)]);
    const addresses: QueueAddress[] = [];
    const unrecorded: Uint8Array[] = [];
    for (const [digest, config] of opened) {
      const address = addressOf(config);
      const keys = clientKeys.get(address.clientId);
      const vouched = isSignedBy(this.crypto, keys ?? [], config);
      wipe(config.pushTokenKey);
      if (keys === undefined) unrecorded.push(Buffer.from(digest, 'latin1'));
      if (!vouched) continue;
      this.#known.set(digest, address);
      addresses.push(address);
    }
    return { addresses, unrecorded };
  }

  async #open(sealedConfigs: ReadonlyMap<string, Uint8Array>): Promise<Map<string, QueueConfig>> {
    const opened = new Map<string, QueueConfig>();
    let done = 0;
    for (const [digest, sealed] of sealedConfigs) {
      const config = openQueueConfig(this.crypto, this.keys.queueConfigKey, sealed);
      if (config === undefined) this.#known.set(digest, NOWHERE);
      else opened.set(digest, config);
      if (++done % SLICE === 0) await new Promise(setImmediate);
    }
    return opened;
  }

  #digest(sealed: Uint8Array): string {
    return textOf(this.crypto.sha256(sealed));
  }
}

function textOf(digest: Uint8Array): string {
  return String.fromCharCode(...digest);
}
