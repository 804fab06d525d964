import { Injectable } from '@nestjs/common';
import { Clock, PhoenixCrypto, wipe } from '@phoenix/crypto';
import { done, equal, formatUuid, type Outcome, type QueueConfig, refuse } from '@phoenix/wire';
import { checkAddPackage, type CheckedAddPackage } from '../domain/add-package.js';
import type { QsRuleId } from '../domain/rules.js';
import { isSignedBy, openQueueConfig } from '../domain/queue-address.js';
import { RecordStore } from '../ports/record-store.js';
import { ServiceKeys } from './service-keys.js';

/** A package takes about half a millisecond: other requests get their turn in between. */
const SLICE = 8;

/** Checks what a client publishes, package by package and as a whole. */
@Injectable()
export class AddPackageChecks {
  constructor(
    private readonly crypto: PhoenixCrypto,
    private readonly clock: Clock,
    private readonly keys: ServiceKeys,
    private readonly records: RecordStore,
  ) {}

  async check(
    clientId: Uint8Array,
    encodedPackages: readonly Uint8Array[],
  ): Promise<Outcome<CheckedAddPackage[]>> {
    const name = formatUuid(clientId);
    const clientKeys = (await this.records.findClientKeys([name])).get(name) ?? [];
    const packages = new Map<string, CheckedAddPackage>();
    for (const [index, encoded] of encodedPackages.entries()) {
      const checked = this.#checkOne(clientId, clientKeys, encoded);
      if (!checked.ok) return checked;
      packages.set(Buffer.from(checked.value.ref).toString('hex'), checked.value);
      if (index % SLICE === SLICE - 1) await new Promise(setImmediate);
    }
    if (packages.size < encodedPackages.length) return broken('qs.add-package.unique');
    const checked = [...packages.values()];
    return checked.some(({ lastResort }) => lastResort)
      ? done(checked)
      : broken('qs.add-package.last-resort');
  }

  #checkOne(
    clientId: Uint8Array,
    clientKeys: readonly Uint8Array[],
    encoded: Uint8Array,
  ): Outcome<CheckedAddPackage> {
    const { queueConfigKey } = this.keys;
    const context = { crypto: this.crypto, now: this.clock.now(), domain: queueConfigKey.domain };
    const checked = checkAddPackage(context, encoded);
    if (!checked.ok) return broken(checked.rule);
    const config = openQueueConfig(this.crypto, queueConfigKey, checked.value.sealedConfig);
    if (config === undefined) return broken('qs.add-package.queue-config');
    try {
      const rule = this.#brokenByConfig(clientId, clientKeys, config);
      return rule === undefined ? done(checked.value) : broken(rule);
    } finally {
      wipe(config.pushTokenKey);
    }
  }

  /** A config that led to another's queue would let its owner be written to; a push key would lie beside the push token. */
  #brokenByConfig(
    clientId: Uint8Array,
    clientKeys: readonly Uint8Array[],
    config: QueueConfig,
  ): QsRuleId | undefined {
    if (!equal(config.clientId, clientId) || !isSignedBy(this.crypto, clientKeys, config))
      return 'qs.add-package.queue-config-owner';
    return config.pushTokenKey.some((byte) => byte !== 0) ? 'qs.add-package.push-key' : undefined;
  }
}

function broken(rule: string): Outcome<never> {
  return refuse('INVALID_KEY_PACKAGE', { rule });
}
