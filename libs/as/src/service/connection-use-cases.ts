import { AuthenticateAlias } from './authenticate-alias.js';
import { DeleteAlias } from './delete-alias.js';
import { DequeueAliasOffers } from './dequeue-alias-offers.js';
import { DequeueConnectionOffers } from './dequeue-connection-offers.js';
import { EnqueueAliasOffer } from './enqueue-alias-offer.js';
import { EnqueueConnectionOffer } from './enqueue-connection-offer.js';
import { ExpireIdle } from './expire-idle.js';
import { ExpireOffers } from './expire-offers.js';
import { FindAlias } from './find-alias.js';
import { NewQueues } from './new-queues.js';
import { OfferWriter } from './offer-writer.js';
import { PublicationChecks } from './publication-checks.js';
import { PublishAliasPackages } from './publish-alias-packages.js';
import { PublishConnectionPackages } from './publish-connection-packages.js';
import { RefreshAlias } from './refresh-alias.js';
import { RegisterAlias } from './register-alias.js';
import { TakeAliasPackage } from './take-alias-package.js';
import { TakeConnectionPackage } from './take-connection-package.js';

/** Everything by which users are connected: packages, queues of offers, aliases. */
export const CONNECTION_USE_CASES = [
  AuthenticateAlias,
  DeleteAlias,
  DequeueAliasOffers,
  DequeueConnectionOffers,
  EnqueueAliasOffer,
  EnqueueConnectionOffer,
  ExpireIdle,
  ExpireOffers,
  FindAlias,
  NewQueues,
  OfferWriter,
  PublicationChecks,
  PublishAliasPackages,
  PublishConnectionPackages,
  RefreshAlias,
  RegisterAlias,
  TakeAliasPackage,
  TakeConnectionPackage,
];
