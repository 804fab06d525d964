import { type Extension, mlsMessageCodec, processExternalCommit, type Proposal } from '@phoenix/mls';
import { externalCommit } from '@phoenix/mls/testing';
import { commitAad, type CommitAad, encode } from '@phoenix/wire';
import type { CommitInput } from '../service/parse-commit.js';
import type { ScriptedClient } from './scripted-client.js';
import type { ScriptedMembers } from './scripted-members.js';

/** A commit from outside; whatever is not said is as it should be. */
export interface ArrivalScript {
  /** The leaf that comes back; without one, somebody joins. */
  readonly replace?: number;
  /** Who comes: by default a fresh client, of a resync one with the old pseudonym and queue. */
  readonly client?: ScriptedClient;
  readonly aad?: Partial<CommitAad>;
  readonly authenticatedData?: Uint8Array;
  /** Besides ExternalInit and Remove. */
  readonly proposals?: readonly Proposal[];
  readonly infoExtensions?: Extension[];
}

/** A commit from outside as it was made: what is sent, who comes by it, and what it leads to once it is taken. */
export interface MadeArrival {
  readonly input: CommitInput;
  readonly body: string;
  readonly client: ScriptedClient;
  /** @returns the leaf that was taken. */
  readonly take: () => number;
}

/** Makes a commit from outside and all that goes with it. */
export function makeArrival(group: ScriptedMembers, script: ArrivalScript = {}): MadeArrival {
  const { scripted, ds } = group;
  const { replace, proposals = [] } = script;
  const client = script.client ?? newClient(group, replace);
  const { message: plain } = externalCommit(scripted, {
    leaf: { signer: client.signer, identity: client.identity },
    ...(replace === undefined ? {} : { replace }),
    proposals: proposals.map((proposal) => ({ type: 'proposal', proposal })),
  });
  const ownQueueConfig = replace === undefined ? client.queue : undefined;
  const aad = { added: [], own: client.keys, ownQueueConfig, ...script.aad };
  const authenticatedData = script.authenticatedData ?? encode(commitAad, aad);
  const message = scripted.signContent(client.signer, { ...plain.content, authenticatedData });
  const now = Math.floor(ds.clock.now() / 1000);
  const context = { crypto: ds.crypto.mls, now, maxLeaves: 8192 };
  const staged = processExternalCommit(scripted.group, message, context);
  const joiner = staged.ok ? staged.value.joiner : 0;
  const next = staged.ok ? staged.value.group : scripted.group;
  const input = {
    groupId: group.uuid,
    earKey: group.earKey.slice(),
    commit: encode(mlsMessageCodec, { type: 'publicMessage', publicMessage: message }),
    groupInfoUpdate: group.infoUpdate(joiner, next, client.signer, script.infoExtensions),
  };
  const take = (): number => {
    if (!staged.ok) throw new Error(`the script is at fault: ${staged.rule}`);
    scripted.group = next;
    if (replace !== undefined) group.put(replace, undefined);
    group.put(joiner, { ...client, queue: script.aad?.ownQueueConfig ?? client.queue });
    return joiner;
  };
  return { input, body: group.body(), client, take };
}

function newClient(group: ScriptedMembers, replace: number | undefined): ScriptedClient {
  if (replace === undefined) return group.client();
  const { pseudonym, queue } = group.member(replace);
  return { ...group.client({ pseudonym }), queue };
}
