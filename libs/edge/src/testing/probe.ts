import { Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { nodeCrypto, type PhoenixCrypto } from '@phoenix/crypto';
import { TestClock } from '@phoenix/crypto/testing';
import { createEdge } from '../create-edge.js';
import type { EdgeOptions } from '../edge-options.js';
import { EdgeModule } from '../edge.module.js';
import type { LogRecord } from '../log/log-sink.js';
import { EdgeCaller } from './edge-caller.js';
import { ProbeResolver, ProbeState } from './probe.resolver.js';
import type { TestKey } from './sign-fields.js';

@Module({ imports: [EdgeModule.forRoot()], providers: [ProbeResolver, ProbeState] })
class ProbeModule {}

export const AUTHORITY = 'probe.example.com';
export const CLIENT_NAME = '0b6cf7f3-7c0b-4c5e-8f0e-0d6a1c2b3d4e';

/** A running edge around the probe service, and whatever a test wants to reach. */
export interface Probe {
  readonly app: NestFastifyApplication;
  readonly caller: EdgeCaller;
  readonly state: ProbeState;
  readonly clock: TestClock;
  readonly crypto: PhoenixCrypto;
  readonly log: LogRecord[];
  /** A key whose public half the probe's operations authenticate by. */
  readonly key: TestKey;
}

export async function startProbe(
  overrides: Partial<EdgeOptions> = {},
  clock = new TestClock(1_800_000_000_000),
): Promise<Probe> {
  const crypto = nodeCrypto();
  const log: LogRecord[] = [];
  const sink = (record: LogRecord): void => void log.push(record);
  const authority = overrides.authority ?? AUTHORITY;
  const app = await createEdge(ProbeModule, {
    authority,
    tokens: 'off',
    log: sink,
    clock,
    crypto,
    ...overrides,
  });
  const state = app.get(ProbeState);
  const { publicKey, privateKey } = crypto.signer.generateKeyPair();
  state.publicKey = new Uint8Array(publicKey);
  const key: TestKey = { keyId: { kind: 'qs-client', name: CLIENT_NAME }, privateKey };
  return {
    app,
    caller: new EdgeCaller({ app, authority, crypto, clock }),
    state,
    clock,
    crypto,
    log,
    key,
  };
}
