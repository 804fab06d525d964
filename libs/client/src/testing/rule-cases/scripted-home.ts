import { TestClock } from '@phoenix/crypto/testing';
import { done, formatBase64Url, formatUuid, type Outcome } from '@phoenix/wire';
import type { Account } from '../../account/account.js';
import { DirectoryCache } from '../../credentials/directory-cache.js';
import { Session } from '../../groups/session.js';
import { nodeMlsEngine } from '../../mls/node-mls-engine.js';
import type { ExternalCommitInfo } from '../../services/ds-operations.js';
import { Service } from '../../services/service.js';
import { MemoryClientStore } from '../../store/memory-client-store.js';
import { accountOf } from '../account-of.js';
import { authority, crypto, DOMAIN, fresh, NOW } from './home-domain.js';

const ROOT_FIELD = /\{(\w+)/;

/** A client of a home, with the session that it works in. */
export interface HomeClient {
  readonly session: Session;
  readonly account: Account;
}

/** The services of a home domain as their clients hear them, for one group: the DS takes everything, and tells what a test says. */
export class ScriptedHome {
  readonly #queueConfigKey = crypto.hpke.generateKeyPair().publicKey;
  readonly #dsKey = crypto.signer.generateKeyPair().publicKey;
  readonly #service = new Service({ send: (body) => this.#answer(body) }, () => Promise.resolve());
  /** What the DS tells of the group at this moment. */
  tell: () => Promise<ExternalCommitInfo> = () => Promise.reject(new Error('there is no group yet'));

  async client(): Promise<HomeClient> {
    const clock = new TestClock(NOW);
    const service = this.#service;
    const session = new Session({
      domain: DOMAIN,
      crypto,
      clock,
      engine: await nodeMlsEngine(crypto, clock),
      store: new MemoryClientStore(),
      as: service,
      qs: service,
      ds: service,
      directories: new DirectoryCache(crypto, clock, DOMAIN, service),
    });
    return { session, account: accountOf(crypto, authority.client()) };
  }

  async #answer(body: Uint8Array): Promise<Outcome<unknown>> {
    const { query } = JSON.parse(new TextDecoder().decode(body)) as { query: string };
    const field = ROOT_FIELD.exec(query)?.[1] ?? '';
    return done({ [field]: await this.#answerTo(field) });
  }

  async #answerTo(field: string): Promise<unknown> {
    const { roots, intermediates } = authority.listed();
    switch (field) {
      case 'asCredentials':
        return {
          roots: roots.map(formatBase64Url),
          intermediates: intermediates.map(formatBase64Url),
          revoked: [],
        };
      case 'queueConfigKey':
        return formatBase64Url(this.#queueConfigKey);
      case 'dsVerifyingKey':
        return formatBase64Url(this.#dsKey);
      case 'requestGroupId':
        return { groupId: formatUuid(crypto.random.uuid()), ticket: formatBase64Url(fresh()) };
      case 'welcomeInfo':
      case 'externalCommitInfo':
        return written(await this.tell());
      default:
        return true;
    }
  }
}

function written({ groupInfo, ratchetTree, memberKeys }: ExternalCommitInfo) {
  return {
    groupInfo: formatBase64Url(groupInfo),
    ratchetTree: formatBase64Url(ratchetTree),
    memberKeys: [...memberKeys].map(([leaf, keys]) => ({ leaf, keys: formatBase64Url(keys) })),
  };
}
