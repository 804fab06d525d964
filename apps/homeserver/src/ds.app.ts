import type { DynamicModule } from '@nestjs/common';
import { DsModule, type DsOptions } from '@phoenix/ds';
import type { ModuleOptions } from './service-container.js';

/** The root module of the DS's container; the transport is its only way out. What replaces a port goes into `overrides`. */
export function dsApp(
  options: ModuleOptions & Pick<DsOptions, 'fanOut' | 'padding' | 'groupIdleMonths'>,
): DynamicModule {
  return DsModule.forRoot(options);
}
