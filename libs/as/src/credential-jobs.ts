import type { Provider } from '@nestjs/common';
import { Clock } from '@phoenix/crypto';
import type { Jobs } from '@phoenix/jobs';
import { AccountStore } from './ports/account-store.js';
import { RotateCredentials } from './service/rotate-credentials.js';
import { CredentialUpkeep } from './workers/credential-upkeep.js';

/** What is done at fixed times with credentials; declared as it is made. */
export function credentialJobs(jobs: Pick<Jobs, 'declare'>): Provider {
  return {
    provide: CredentialUpkeep,
    inject: [RotateCredentials, AccountStore, Clock],
    useFactory: (rotation: RotateCredentials, accounts: AccountStore, clock: Clock) => {
      const job = new CredentialUpkeep(rotation, accounts, clock);
      jobs.declare(job);
      return job;
    },
  };
}
