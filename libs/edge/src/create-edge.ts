import type { DynamicModule, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { type EdgeOptions, type EdgeSettings, edgeSettings } from './edge-options.js';
import { EdgeRuntime, withRuntime } from './edge-runtime.js';
import { admitRequest } from './http/admit-request.js';
import { EdgeAdapter } from './http/edge-adapter.js';
import { GRAPHQL_PATH } from './http/gate.js';
import { serveHealth } from './http/health.js';
import { FaultLog } from './log/fault-log.js';
import { FrameworkLog } from './log/framework-log.js';
import { Admission } from './signature/admission.js';
import { MemoryNonceStore } from './signature/memory-nonce-store.js';

/**
 * A service's Nest container behind its edge, initialised and not yet listening. The root module imports `EdgeModule.forRoot()`.
 * `app.close()` stops accepting, waits for the operations that run, and only then tears the modules down.
 *
 * Rejects where a setting contradicts the protocol, an operation declares no demand or a module fails to start.
 */
export async function createEdge(
  rootModule: Type | DynamicModule,
  options: EdgeOptions,
): Promise<NestFastifyApplication> {
  const settings = edgeSettings(options);
  const faults = new FaultLog(settings.log, settings.crypto.random);
  const adapter = new EdgeAdapter({ bodyLimit: settings.bodyLimit, faults });
  adapter.getInstance().addHook('preHandler', admitRequest(admissionOf(settings)));
  serveHealth(adapter.getInstance(), settings.isHealthy, faults);
  const runtime = new EdgeRuntime(faults, settings.depthLimit, settings.isPassing);
  const app = await NestFactory.create<NestFastifyApplication>(withRuntime(rootModule, runtime), adapter, {
    bodyParser: false,
    abortOnError: false,
    logger: new FrameworkLog(settings.log),
  });
  await start(app, adapter);
  return app;
}

/** Initialises the container; one that fails to start leaves nothing behind. */
async function start(app: NestFastifyApplication, adapter: EdgeAdapter): Promise<void> {
  try {
    await app.init();
    await adapter.getInstance().ready();
  } catch (error) {
    await app.close();
    throw error;
  }
}

function admissionOf(settings: EdgeSettings): Admission {
  const { authority, freshnessMs, clock, crypto } = settings;
  const nonces = settings.nonces ?? new MemoryNonceStore({ crypto, clock, windowMs: freshnessMs });
  return new Admission({ authority, path: GRAPHQL_PATH, freshnessMs, clock, crypto, nonces });
}
