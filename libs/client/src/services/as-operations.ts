import type { ListedCredentials } from '../credentials/as-directory.js';
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

/** A user id drawn by the AS, as text, and a ticket that holds for ten minutes. Unsigned. */
export const initUserRegistration: Operation<{ userId: string; ticket: Uint8Array }> = {
  kind: 'mutation',
  field: 'initUserRegistration',
  selection: '{userId ticket}',
  read: (answer) => ({ userId: answer.field('userId').text(), ticket: answer.field('ticket').bytes() }),
};

/** Input `{ ticket, csr }`; the encoded ClientCredential. Signed with the CSR's key. */
export const finishUserRegistration: Operation<Uint8Array> = {
  kind: 'mutation',
  field: 'finishUserRegistration',
  selection: '{credential}',
  inputType: 'FinishUserRegistrationInput',
  read: (answer) => answer.field('credential').bytes(),
};
