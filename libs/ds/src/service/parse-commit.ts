import {
  type Commit,
  extensionsCodec,
  type GroupInfoUpdate,
  mlsMessageCodec,
  type PublicMessage,
} from '@phoenix/mls';
import { done, groupInfoUpdate, type Outcome, refuse } from '@phoenix/wire';
import type { Invitation } from '../domain/joiner.js';
import type { CommitProposal } from '../domain/judge-commit.js';
import type { ExternalProposal } from '../domain/judge-external-commit.js';
import { read } from '../domain/read.js';
import type { GroupAccess } from './under-ear-key.js';

/** A commit as it comes in. */
export interface CommitInput extends GroupAccess {
  /** MLSMessage with a PublicMessage. */
  readonly commit: Uint8Array;
  /** An encoded GroupInfoUpdate. */
  readonly groupInfoUpdate: Uint8Array;
}

/** A commit that adds. */
export interface AddUsersInput extends CommitInput {
  /** MLSMessage with a Welcome. */
  readonly welcome: Uint8Array;
  /** Encrypted attribution infos, in the order of the Adds. */
  readonly attributions: readonly Uint8Array[];
}

/** As long as `WelcomeBundle` has room for. */
const MAX_ATTRIBUTION = 4096;

interface FramedCommit {
  readonly message: PublicMessage;
  readonly commit: Commit;
  readonly groupInfoUpdate: GroupInfoUpdate;
}

/** The commit with what came beside it, well-formed and nothing more. */
export function parseCommit(
  operation: CommitProposal['operation'],
  input: CommitInput,
  invitation?: Invitation,
): Outcome<CommitProposal> {
  const framed = parseFramed(input);
  return framed.ok ? done({ ...framed.value, operation, invitation }) : framed;
}

/** The same of one from outside; `returning` is the leaf that it comes back to. */
export function parseExternalCommit(
  input: CommitInput,
  returning: number | undefined,
): Outcome<ExternalProposal> {
  const framed = parseFramed(input);
  return framed.ok ? done({ ...framed.value, returning }) : framed;
}

function parseFramed(input: CommitInput): Outcome<FramedCommit> {
  const message = read(mlsMessageCodec, input.commit);
  const update = parseUpdate(input.groupInfoUpdate);
  if (message === undefined || update === undefined) return refuse('BAD_REQUEST');
  if (message.type !== 'publicMessage' || message.publicMessage.content.body.type !== 'commit')
    return refuse('INVALID_COMMIT', { rule: 'mls.6-content-type' });
  const { commit } = message.publicMessage.content.body;
  return done({ message: message.publicMessage, commit, groupInfoUpdate: update });
}

/** What an inviter sends beside the commit. */
export function parseInvitation({ welcome, attributions }: AddUsersInput): Outcome<Invitation> {
  const message = read(mlsMessageCodec, welcome);
  if (message?.type !== 'welcome') return refuse('BAD_REQUEST');
  if (attributions.some(({ length }) => length > MAX_ATTRIBUTION)) return refuse('BAD_REQUEST');
  return done({ welcome: message.welcome, welcomeBytes: welcome, attributions });
}

function parseUpdate(bytes: Uint8Array): GroupInfoUpdate | undefined {
  const update = read(groupInfoUpdate, bytes);
  const extensions = update && read(extensionsCodec, update.extensions);
  return update && extensions && { extensions, signature: update.signature };
}
