import type { DynamicModule } from '@nestjs/common';
import { AsModule, type AsOptions } from '@phoenix/as';
import type { ModuleOptions } from './service-container.js';

/** The root module of the AS's container. What replaces a port of it goes into `overrides`. */
export function asApp(options: ModuleOptions & Pick<AsOptions, 'registration'>): DynamicModule {
  return AsModule.forRoot(options);
}
