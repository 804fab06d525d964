import type { DynamicModule } from '@nestjs/common';
import { DsModule, type FanOutTransport } from '@phoenix/ds';
import { EdgeModule } from '@phoenix/edge';
import type { ModuleOptions } from './service-container.js';

/** Root of the DS's container; the transport is its only way out of it. */
export class DsApp {
  static with(options: ModuleOptions & { readonly fanOut: FanOutTransport }): DynamicModule {
    return { module: DsApp, imports: [EdgeModule.forRoot(), DsModule.forRoot(options)] };
  }
}
