/** Where a service's jobs wait for their time. No two services share a schema or a prefix. */
export type JobBackend =
  | {
      readonly kind: 'postgres';
      /** The service's own database; the role may make schemas in it. */
      readonly databaseUrl: string;
      /** The schema that the tables are made in, and nothing else. */
      readonly schema: string;
    }
  | {
      readonly kind: 'redis';
      readonly url: string;
      /** What the service's keys begin with. */
      readonly prefix: string;
    };
