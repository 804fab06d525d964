import type { DynamicModule } from '@nestjs/common';
import { DsModule, type FanOutTransport } from '@phoenix/ds';
import type { ModuleOptions } from './service-container.js';

/** The root module of the DS's container; the transport is its only way out. What replaces a port goes into `overrides`. */
export function dsApp(options: ModuleOptions & { readonly fanOut: FanOutTransport }): DynamicModule {
  return DsModule.forRoot(options);
}
