import {
  createCommit,
  createGroupInfoWithExternalPub,
  encodeMlsMessage,
  type CiphersuiteImpl,
  type ClientState,
  type CreateCommitOptions,
  type Proposal,
} from 'ts-mls';
import { encode } from 'ts-mls/codec/tlsEncoder.js';
import { varLenTypeEncoder } from 'ts-mls/codec/variableLength.js';
import { extensionEncoder } from 'ts-mls/extension.js';
import { decodeKeyPackage } from 'ts-mls/keyPackage.js';
import { ValidationError } from 'ts-mls/mlsError.js';
import { decodeWhole, toTsMlsExtension, writeMessage } from './mls-bytes.js';
import type { CommitRequest, StagedCommit } from './mls-group.js';
import { committable, type HeldProposal, type LiveGroup, withProposals } from './pending-proposals.js';

/** A commit of ours between its making and the DS's word. */
export interface PendingCommit {
  readonly staged: StagedCommit;
  readonly authenticatedData: Uint8Array;
  readonly removed: readonly number[];
  /** ProposalRefs of what it commits by reference. */
  readonly references: readonly Uint8Array[];
  /** The state that it leads to; past epochs come with the merge, from what is live then. */
  readonly next: ClientState;
}

/** Makes a commit from the live state and leaves that as it is. Throws ts-mls's errors. */
export async function makeCommit(
  suite: CiphersuiteImpl,
  { live, proposals }: LiveGroup,
  request: CommitRequest,
): Promise<PendingCommit> {
  const byReference = request.commitPending ? committable(proposals) : [];
  const state = withProposals(live, byReference);
  const byValue = withoutProposed(request, byReference);
  const made = await createCommit({ state, cipherSuite: suite }, optionsOf(byValue));
  const staged: StagedCommit = {
    commit: encodeMlsMessage(made.commit),
    welcome: made.welcome && writeMessage({ wireformat: 'mls_welcome', welcome: made.welcome }),
    groupInfoUpdate: await groupInfoUpdateOf(suite, made.newState),
    epoch: made.newState.groupContext.epoch,
  };
  return {
    staged,
    authenticatedData: request.authenticatedData,
    removed: [...(byValue.remove ?? []), ...byReference.map(({ removes }) => removes)],
    references: byReference.map(({ ref }) => ref),
    next: { ...made.newState, historicalReceiverData: new Map() },
  };
}

/** What the DS is told of the GroupInfo of a state's epoch. */
export async function groupInfoUpdateOf(
  suite: CiphersuiteImpl,
  state: ClientState,
): Promise<StagedCommit['groupInfoUpdate']> {
  const { extensions, signature } = await createGroupInfoWithExternalPub(state, [], suite);
  return { extensions: encodeExtensions(extensions), signature };
}

const encodeExtensions = encode(varLenTypeEncoder(extensionEncoder));

/** The request without the Removes that the commit takes by reference: no leaf may be removed twice (RFC 9420 §12.2). */
function withoutProposed(request: CommitRequest, byReference: readonly HeldProposal[]): CommitRequest {
  const remove = (request.remove ?? []).filter(
    (leaf) => !byReference.some(({ removes }) => removes === leaf),
  );
  return { ...request, remove };
}

function optionsOf(request: CommitRequest): CreateCommitOptions {
  const { newLeaf } = request;
  return {
    wireAsPublicMessage: true,
    authenticatedData: request.authenticatedData,
    extraProposals: proposalsOf(request),
    groupInfoExtensions: (request.welcomeExtensions ?? []).map(toTsMlsExtension),
    ...(newLeaf && {
      newLeaf: {
        credential: { credentialType: 'basic', identity: newLeaf.identity },
        signaturePublicKey: newLeaf.signatureKeys.publicKey,
        signaturePrivateKey: newLeaf.signatureKeys.privateKey.slice(),
      },
    }),
  };
}

function proposalsOf({ add = [], remove = [], groupContextExtensions }: CommitRequest): Proposal[] {
  const context = groupContextExtensions && { extensions: groupContextExtensions.map(toTsMlsExtension) };
  return [
    ...add.map((bytes): Proposal => ({ proposalType: 'add', add: { keyPackage: keyPackageOf(bytes) } })),
    ...remove.map((removed): Proposal => ({ proposalType: 'remove', remove: { removed } })),
    ...(context === undefined
      ? []
      : [{ proposalType: 'group_context_extensions' as const, groupContextExtensions: context }]),
  ];
}

function keyPackageOf(bytes: Uint8Array) {
  const keyPackage = decodeWhole(decodeKeyPackage, bytes);
  if (keyPackage === undefined) throw new ValidationError('not a KeyPackage');
  return keyPackage;
}
