import { type DynamicModule, Module, type Type } from '@nestjs/common';
import type { FaultLog } from './log/fault-log.js';

/** What the GraphQL side of an edge is configured with; provided to the container by `createEdge`. */
export class EdgeRuntime {
  constructor(
    readonly faults: FaultLog,
    readonly depthLimit: number,
    readonly isPassing: (error: unknown) => boolean,
  ) {}
}

@Module({})
class EdgeRoot {}

/** The service's root module together with the runtime, which every module of the container may inject. */
export function withRuntime(rootModule: Type | DynamicModule, runtime: EdgeRuntime): DynamicModule {
  return {
    module: EdgeRoot,
    global: true,
    imports: [rootModule],
    providers: [{ provide: EdgeRuntime, useValue: runtime }],
    exports: [EdgeRuntime],
  };
}
