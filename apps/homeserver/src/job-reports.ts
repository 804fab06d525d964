import { describeFault, type LogSink } from '@phoenix/edge';
import type { JobReports } from '@phoenix/jobs';

/** Logs which job went wrong and of its error the kind: never its text, which may quote what the job was about. */
export function jobReports(log: LogSink): JobReports {
  return {
    failed: (job, error) => log({ level: 'error', event: 'job', job, detail: describeFault(error) }),
    unreachable: (error) => log({ level: 'warn', event: 'jobs', detail: describeFault(error) }),
  };
}
