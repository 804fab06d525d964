import type { DequeuedEntry } from '../queue/queue-reader.js';
import { acknowledged } from './acknowledged.js';
import type { Operation } from './operation.js';
import { readEntries } from './queue-entries.js';

const dequeuing = (field: string, inputType: string): Operation<DequeuedEntry[]> => ({
  kind: 'mutation',
  field,
  selection: '{entries{seq kind body}}',
  inputType,
  read: readEntries,
});

/** Input `{ queueEncryptionKey, packages }`: replaces all, and makes the direct queue. Signed `client`. */
export const publishConnectionPackages = acknowledged(
  'publishConnectionPackages',
  'PublishConnectionPackagesInput',
);

/** Input `{ userId }`; an encoded SignedConnectionPackage and ClientCredential. Unsigned. */
export const takeConnectionPackage: Operation<{ package: Uint8Array; credential: Uint8Array }> = {
  kind: 'mutation',
  field: 'takeConnectionPackage',
  selection: '{package credential}',
  inputType: 'TakeConnectionPackageInput',
  read: (answer) => ({
    package: answer.field('package').bytes(),
    credential: answer.field('credential').bytes(),
  }),
};

/** Input `{ clientId, offer }`. Unsigned. */
export const enqueueConnectionOffer = acknowledged('enqueueConnectionOffer', 'EnqueueConnectionOfferInput');

/** Input `{ from, max }`: deletes what lies below `from` and gives up to `max` entries. Signed `client`. */
export const dequeueConnectionOffers = dequeuing('dequeueConnectionOffers', 'DequeueConnectionOffersInput');

/** Input `{ alias, authKey, queueEncryptionKey }`. Signed `alias`, by the key in the input. */
export const registerAlias = acknowledged('registerAlias', 'RegisterAliasInput');

/** Input `{ alias }`. Signed `alias`. */
export const refreshAlias = acknowledged('refreshAlias', 'AliasInput');

/** Input `{ alias }`. Signed `alias`. */
export const deleteAlias = acknowledged('deleteAlias', 'AliasInput');

/** Input `{ alias, packages }`: replaces all. Signed `alias`. */
export const publishAliasPackages = acknowledged('publishAliasPackages', 'PublishAliasPackagesInput');

/** Input `{ alias }`; an encoded ConnectionPackage. Unsigned. */
export const takeAliasPackage: Operation<Uint8Array> = {
  kind: 'mutation',
  field: 'takeAliasPackage',
  selection: '{package}',
  inputType: 'AliasInput',
  read: (answer) => answer.field('package').bytes(),
};

/** Input `{ alias, offer }`. Unsigned. */
export const enqueueAliasOffer = acknowledged('enqueueAliasOffer', 'EnqueueAliasOfferInput');

/** Input `{ alias, from, max }`, as `dequeueConnectionOffers`. Signed `alias`. */
export const dequeueAliasOffers = dequeuing('dequeueAliasOffers', 'DequeueAliasOffersInput');
