import type { ListedCredentials } from '../credentials/as-directory.js';
import { acknowledged } from './acknowledged.js';
import type { Answer } from './answer.js';
import type { Operation } from './operation.js';

const listOfBytes = (answer: Answer, name: string) =>
  answer
    .field(name)
    .list()
    .map((item) => item.bytes());

/** Roots, intermediates and revoked fingerprints. Unsigned. */
export const asCredentials: Operation<ListedCredentials> = {
  kind: 'query',
  field: 'asCredentials',
  selection: '{roots intermediates revoked}',
  read: (answer) => ({
    roots: listOfBytes(answer, 'roots'),
    intermediates: listOfBytes(answer, 'intermediates'),
    revoked: listOfBytes(answer, 'revoked'),
  }),
};

/** What the first step of a registration answers: the user id's UUID as text, and what the second step takes. */
export interface BegunUserRegistration {
  readonly userId: string;
  /** Holds for ten minutes. */
  readonly ticket: Uint8Array;
  readonly opaqueResponse: Uint8Array;
  readonly invitation: boolean;
  /** Leading zero bits of the puzzle over the ticket; 0 for none. */
  readonly proofOfWork: number;
}

/** Input `{ opaqueRequest }`. Unsigned. */
export const initUserRegistration: Operation<BegunUserRegistration> = {
  kind: 'mutation',
  field: 'initUserRegistration',
  selection: '{userId ticket opaqueResponse invitation proofOfWork}',
  inputType: 'InitUserRegistrationInput',
  read: (answer) => ({
    userId: answer.field('userId').text(),
    ticket: answer.field('ticket').bytes(),
    opaqueResponse: answer.field('opaqueResponse').bytes(),
    invitation: answer.field('invitation').boolean(),
    proofOfWork: answer.field('proofOfWork').number(),
  }),
};

/** Input `{ ticket, csr, opaqueRecord, invitation?, proofOfWork? }`; the encoded ClientCredential. Signed with the CSR's key. */
export const finishUserRegistration: Operation<Uint8Array> = {
  kind: 'mutation',
  field: 'finishUserRegistration',
  selection: '{credential}',
  inputType: 'FinishUserRegistrationInput',
  read: (answer) => answer.field('credential').bytes(),
};

/** Input `{ csr?, succession? }`, both or neither; the encoded ClientCredential. Signed `client`. */
export const renewClientCredential: Operation<Uint8Array> = {
  kind: 'mutation',
  field: 'renewClientCredential',
  selection: '{credential}',
  inputType: 'RenewClientCredentialInput',
  read: (answer) => answer.field('credential').bytes(),
};

/** Input `{ ke1, opaqueRequest? }`. Signed `client`. */
export const initTwoFactor: Operation<{ ke2: Uint8Array; opaqueResponse: Uint8Array | undefined }> = {
  kind: 'mutation',
  field: 'initTwoFactor',
  selection: '{ke2 opaqueResponse}',
  inputType: 'InitTwoFactorInput',
  read: (answer) => ({
    ke2: answer.field('ke2').bytes(),
    opaqueResponse: answer.field('opaqueResponse').nullable()?.bytes(),
  }),
};

/** Input `{ ke3, opaqueRecord }`. Signed `client`. */
export const changePassword: Operation<void> = acknowledged('changePassword', 'ChangePasswordInput');

/** Input `{ ke3 }`. Signed `client`. */
export const deleteUser: Operation<void> = acknowledged('deleteUser', 'DeleteUserInput');

/** Input `{ keyId, profile }`. Signed `client`. */
export const updateUserProfile: Operation<void> = acknowledged('updateUserProfile', 'UpdateUserProfileInput');

/** Input `{ userId, keyId }`; the encrypted profile. Unsigned. */
export const userProfile: Operation<Uint8Array> = {
  kind: 'query',
  field: 'userProfile',
  selection: '',
  inputType: 'UserProfileInput',
  read: (answer) => answer.bytes(),
};
