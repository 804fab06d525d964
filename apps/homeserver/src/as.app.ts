import type { DynamicModule } from '@nestjs/common';
import { AsModule } from '@phoenix/as';
import { EdgeModule } from '@phoenix/edge';
import type { ModuleOptions } from './service-container.js';

/** Root of the AS's container. */
export class AsApp {
  static with(options: ModuleOptions): DynamicModule {
    return { module: AsApp, imports: [EdgeModule.forRoot(), AsModule.forRoot(options)] };
  }
}
