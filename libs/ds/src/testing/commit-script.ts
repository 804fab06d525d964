import type { Commit, Extension, StoredProposal, UpdatePath } from '@phoenix/mls';
import type { CommitAad } from '@phoenix/wire';
import type { AddUsersInput } from '../service/parse-commit.js';
import type { ScriptedClient } from './scripted-client.js';

/** A commit to make; whatever is not said is as it should be. */
export interface CommitScript {
  readonly committer?: number;
  readonly add?: readonly ScriptedClient[];
  readonly remove?: readonly number[];
  /** Who is to be listed as an admin from then on. */
  readonly admins?: readonly Uint8Array[];
  readonly contextExtensions?: Extension[];
  /** What is named by reference. */
  readonly references?: readonly StoredProposal[];
  readonly path?: boolean;
  /** The committer takes this pseudonym, with a new credential, key and key set. */
  readonly pseudonym?: Uint8Array;
  /** The committer's leaf is of this client from then on, whatever that breaks. */
  readonly renewed?: ScriptedClient;
  readonly aad?: Partial<CommitAad>;
  readonly authenticatedData?: Uint8Array;
  readonly infoExtensions?: Extension[];
  readonly alter?: (path: UpdatePath) => UpdatePath;
  /** In place of what the rest says. */
  readonly commit?: Commit;
}

/** A commit as it was made: what is sent, and what it leads to once it is taken. */
export interface MadeCommit {
  readonly input: AddUsersInput;
  readonly body: string;
  readonly take: () => void;
}
