import type { DynamicModule } from '@nestjs/common';
import { EdgeModule } from '@phoenix/edge';
import { QsModule } from '@phoenix/qs';
import type { ModuleOptions } from './service-container.js';

/** Root of the QS's container. */
export class QsApp {
  static with(options: ModuleOptions): DynamicModule {
    return { module: QsApp, imports: [EdgeModule.forRoot(), QsModule.forRoot(options)] };
  }
}
