import type { DynamicModule } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { asApp } from './as.app.js';
import { Jobs } from '@phoenix/jobs';
import type { ServiceName } from './config/service-name.js';
import { DsToQs } from './connectors/ds-to-qs.js';
import { dsApp } from './ds.app.js';
import { jobReports } from './job-reports.js';
import { qsApp } from './qs.app.js';
import {
  type Container,
  type HomeserverContext,
  moduleOptions,
  type ServiceOptions,
  startContainer,
} from './service-container.js';

/** The services of one process, each in a container of its own. */
export class Homeserver {
  /** In starting order. */
  private readonly containers = new Map<ServiceName, Container>();

  private constructor(private readonly context: HomeserverContext) {}

  /** Starts the services and listens; what was started is closed again when one of them cannot start. */
  static async start(context: HomeserverContext, services: readonly ServiceOptions[]): Promise<Homeserver> {
    const homeserver = new Homeserver(context);
    try {
      for (const service of services) await homeserver.startService(service);
    } catch (error) {
      await homeserver.stop();
      throw error;
    }
    return homeserver;
  }

  /** A service's container; undefined where it does not run here. */
  container(name: ServiceName): NestFastifyApplication | undefined {
    return this.containers.get(name)?.app;
  }

  /** Lets scheduled jobs begin. Apart from the start: loading what they need is not to delay it. */
  startJobs(): void {
    for (const { jobs } of this.containers.values()) jobs.start();
  }

  /**
   * Stops each service's edge from accepting, lets what is in flight finish and closes its container; the last started
   * first, so that the DS can hand over what it has accepted.
   */
  async stop(): Promise<void> {
    for (const [name, container] of [...this.containers].reverse()) {
      this.containers.delete(name);
      await container.close();
    }
  }

  private async startService(service: ServiceOptions): Promise<void> {
    const jobs = new Jobs(service.jobs, jobReports(this.context.log));
    const root = this.rootModule(service, jobs);
    this.containers.set(service.name, await startContainer(root, this.context, service, jobs));
  }

  private rootModule(service: ServiceOptions, jobs: Jobs): DynamicModule {
    const options = moduleOptions(this.context, service, jobs);
    switch (service.name) {
      case 'as': {
        const { registration } = this.context;
        return asApp({ ...options, ...(registration && { registration }) });
      }
      case 'qs':
        return qsApp(options);
      case 'ds': {
        const qs = this.container('qs');
        if (qs === undefined) throw new Error('the DS starts after the QS, in the same process');
        const { homeDomain, groupPadding, groupIdleMonths } = this.context;
        return dsApp({
          ...options,
          fanOut: new DsToQs(qs, homeDomain),
          ...(groupPadding && { padding: groupPadding }),
          ...(groupIdleMonths && { groupIdleMonths }),
        });
      }
    }
  }
}
