import type { DynamicModule } from '@nestjs/common';
import { QsModule } from '@phoenix/qs';
import type { ModuleOptions } from './service-container.js';

/** The root module of the QS's container. What replaces a port of it goes into `overrides`. */
export function qsApp(options: ModuleOptions): DynamicModule {
  return QsModule.forRoot(options);
}
