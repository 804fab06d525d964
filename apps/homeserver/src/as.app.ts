import type { DynamicModule } from '@nestjs/common';
import { AsModule } from '@phoenix/as';
import type { ModuleOptions } from './service-container.js';

/** The root module of the AS's container. What replaces a port of it goes into `overrides`. */
export function asApp(options: ModuleOptions): DynamicModule {
  return AsModule.forRoot(options);
}
