import type { ClientState, KeySchedule, SecretTree } from 'ts-mls';
import { PAST_EPOCHS } from './client-config.js';

/**
 * The state that follows `live`, with the past epochs taken from `live` as it is *now*. ts-mls copies them into a commit's
 * state when the commit is made; messages read since then could be read again. Keys of nodes that are blank by now go
 * (RFC 9420 §9.2), and so do the oldest epoch and the former epoch's secrets, but for those that read its messages.
 */
export function succeed(live: ClientState, next: ClientState): ClientState {
  const past = new Map(live.historicalReceiverData).set(live.groupContext.epoch, {
    secretTree: live.secretTree,
    ratchetTree: live.ratchetTree,
    senderDataSecret: live.keySchedule.senderDataSecret,
    groupContext: live.groupContext,
    resumptionPsk: live.keySchedule.resumptionPsk,
  });
  for (const [epoch, data] of past) {
    if (epoch > live.groupContext.epoch - BigInt(PAST_EPOCHS)) continue;
    wipeSecretTree(data.secretTree);
    data.senderDataSecret.fill(0);
    past.delete(epoch);
  }
  wipeKeySchedule({ ...live.keySchedule, senderDataSecret: NONE, resumptionPsk: NONE });
  return { ...next, historicalReceiverData: past, privatePath: withoutBlankNodes(next) };
}

/** Wipes the secrets of a state that never became live. What it shares with the live one stays. */
export function wipeUnused(state: ClientState): void {
  wipeKeySchedule(state.keySchedule);
  wipeSecretTree(state.secretTree);
}

const NONE = new Uint8Array();

function wipeKeySchedule(schedule: KeySchedule): void {
  for (const secret of Object.values(schedule) as Uint8Array[]) secret.fill(0);
}

function wipeSecretTree(tree: SecretTree): void {
  for (const { application, handshake } of tree) {
    for (const ratchet of [application, handshake]) {
      ratchet.secret.fill(0);
      for (const secret of Object.values(ratchet.unusedGenerations)) secret.fill(0);
    }
  }
}

function withoutBlankNodes({ privatePath, ratchetTree }: ClientState): ClientState['privatePath'] {
  const held = Object.entries(privatePath.privateKeys).filter(
    ([node]) => ratchetTree[Number(node)] !== undefined,
  );
  return { ...privatePath, privateKeys: Object.fromEntries(held) };
}
