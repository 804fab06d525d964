import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { type DynamicModule, Module } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR, DiscoveryModule } from '@nestjs/core';
import { GraphQLModule } from '@nestjs/graphql';
import type { FastifyRequest } from 'fastify';
import { GraphQLSchema } from 'graphql';
import { EdgeRuntime } from './edge-runtime.js';
import { errorFormatter } from './errors/format-error.js';
import { AuthenticationCheck } from './graphql/authentication-check.js';
import { documentLimits } from './graphql/document-limits.js';
import { DocumentStore } from './graphql/document-store.js';
import type { EdgeContext } from './graphql/edge-context.js';
import { OperationGuard } from './graphql/operation-guard.js';
import { OperationList } from './graphql/operation-list.js';
import { GRAPHQL_PATH } from './http/gate.js';
import { admittedSignature } from './http/admit-request.js';

const MAX_TOKENS = 2_000;

/** GraphQL as every service speaks it; import it once, in the service's root module. Boots under `createEdge` only. */
@Module({})
export class EdgeModule {
  static forRoot(): DynamicModule {
    return {
      module: EdgeModule,
      imports: [
        DiscoveryModule,
        GraphQLModule.forRootAsync<ApolloDriverConfig>({
          driver: ApolloDriver,
          inject: [EdgeRuntime],
          useFactory: apolloConfig,
        }),
      ],
      providers: [
        OperationList,
        { provide: APP_GUARD, useClass: OperationGuard },
        { provide: APP_INTERCEPTOR, useClass: AuthenticationCheck },
      ],
      exports: [OperationList],
    };
  }
}

function apolloConfig(runtime: EdgeRuntime): ApolloDriverConfig {
  return {
    path: GRAPHQL_PATH,
    // In memory: a path here would write the file at every boot. `printServiceSchema` is for the file that is checked in.
    autoSchemaFile: true,
    sortSchema: true,
    transformSchema: reachableTypes,
    introspection: true,
    graphiql: false,
    autoTransformHttpErrors: false,
    includeStacktraceInErrorResponses: false,
    persistedQueries: false,
    allowBatchedHttpRequests: false,
    documentStore: new DocumentStore(),
    parseOptions: { maxLexicalTokens: MAX_TOKENS },
    context: (request: FastifyRequest): EdgeContext => ({ signed: admittedSignature(request) }),
    formatError: errorFormatter(runtime),
    logger: SILENT,
    plugins: [documentLimits(runtime.depthLimit), ...NO_REPORTING],
  };
}

/** Nest collects types for the whole process: only those that the service's own operations reach belong in its schema. */
function reachableTypes(schema: GraphQLSchema): GraphQLSchema {
  return new GraphQLSchema({ ...schema.toConfig(), types: [] });
}

/** Apollo reports to its maker where the environment holds a key for it. Not from here, whatever the environment holds. */
const NO_REPORTING = [
  ApolloServerPluginUsageReportingDisabled(),
  ApolloServerPluginSchemaReportingDisabled(),
  ApolloServerPluginInlineTraceDisabled(),
  ApolloServerPluginCacheControlDisabled(),
];

const ignore = (): void => undefined;
/** What Apollo would log quotes errors; faults reach our log through the formatter, without their texts. */
const SILENT = { debug: ignore, info: ignore, warn: ignore, error: ignore };
