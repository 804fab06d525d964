import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { OPERATION_DEMAND, type OperationDemand } from './operation.decorator.js';

/** Where @nestjs/graphql notes that a method is a root field, and what it is called there. */
const ROOT_TYPE = 'graphql:resolver_type';
const FIELD_NAME = 'graphql:resolver_name';
const ROOT_TYPES: ReadonlySet<unknown> = new Set(['Query', 'Mutation']);

/** A root field of the service's schema and its demand. */
export interface DeclaredOperation {
  readonly type: 'Query' | 'Mutation';
  readonly name: string;
  readonly demand: OperationDemand;
}

/** The service's operations. Making the list at boot finds those that declare no demand, and refuses. */
@Injectable()
export class OperationList implements OnModuleInit {
  #operations: readonly DeclaredOperation[] = [];

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly methods: MetadataScanner,
  ) {}

  onModuleInit(): void {
    this.#operations = this.discovery
      .getProviders()
      .flatMap(({ metatype }) => (typeof metatype === 'function' ? this.#operationsOf(metatype) : []));
  }

  /** Sorted by name. */
  all(): readonly DeclaredOperation[] {
    return [...this.#operations].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  // eslint-disable-next-line @typescript-eslint/no-unsafe-function-type
  #operationsOf(resolver: Function): DeclaredOperation[] {
    const prototype = resolver.prototype as Record<string, object> | undefined;
    if (prototype === undefined) return [];
    return this.methods
      .getAllMethodNames(prototype)
      .map((name) => ({ name, method: prototype[name] }))
      .filter(({ method }) => method !== undefined && ROOT_TYPES.has(Reflect.getMetadata(ROOT_TYPE, method)))
      .map(({ name, method }) => declared(name, method as object));
  }
}

function declared(methodName: string, method: object): DeclaredOperation {
  const type = Reflect.getMetadata(ROOT_TYPE, method) as DeclaredOperation['type'];
  const name = (Reflect.getMetadata(FIELD_NAME, method) as string | undefined) ?? methodName;
  const demand = Reflect.getMetadata(OPERATION_DEMAND, method) as OperationDemand | undefined;
  if (demand === undefined) throw new Error(`${type}.${name} declares no demand: add @Operation`);
  return { type, name, demand };
}
