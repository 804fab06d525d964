import { nodeCrypto } from '@phoenix/crypto';
import type { Outcome } from '@phoenix/wire';
import { QsClient } from '../qs-client.js';
import { memoryStores } from '../stores.js';
import { TestQs } from '../test-qs.js';

/** Where a rule is at work: a QS, and a client of it that has published nothing. */
export interface Scene {
  readonly qs: TestQs;
  readonly client: QsClient;
}

/** Asks the QS for something. */
export type Attempt = (scene: Scene) => Promise<Outcome<unknown>>;

/** A rule at work: a request that breaks it and nothing that is checked before it, and its neighbour that keeps it. */
export interface RuleCase {
  readonly refuses: Attempt;
  readonly accepts: Attempt;
}

export async function someScene(): Promise<Scene> {
  const qs = await TestQs.start(memoryStores(nodeCrypto()));
  return { qs, client: await qs.register() };
}
