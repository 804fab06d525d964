import type { DsRuleId } from '../../domain/rules.js';
import { mustHold } from '../must-hold.js';
import { type ArrivalScript, makeArrival } from '../scripted-arrival.js';
import { ScriptedConversation } from '../scripted-conversation.js';
import { makeProposal } from '../scripted-proposal.js';
import { between, committing, type RuleCase, type Scene } from './rule-case.js';

type ComingAndGoing = 'join' | 'resync' | 'self-remove' | 'delete';
type ComingAndGoingRule = Extract<DsRuleId, `ds.${ComingAndGoing}.${string}`>;

const [BOB, CAROL] = [1, 2];
const deletion = committing('submitDelete');
const leave = ({ group }: Scene, proposal: Uint8Array) => group.submitLeave(CAROL, proposal);
const ownRemove = ({ group }: Scene): Uint8Array => makeProposal(group, CAROL);

const join = ({ group }: Scene, script: ArrivalScript) => group.submitJoin(makeArrival(group, script));
const resync = ({ group }: Scene, script: ArrivalScript) =>
  group.submitResync(makeArrival(group, { replace: CAROL, ...script }), CAROL);

/** A group that waits for a contact. */
const openGroup = async (scene: Scene): Promise<void> => {
  scene.group = await ScriptedConversation.begin(scene.ds, { open: true });
};

export const comingAndGoingCases: Record<ComingAndGoingRule, RuleCase> = {
  'ds.join.only-init': between(
    join,
    ({ group }) => {
      const client = group.client();
      return { replace: 0, client, aad: { ownQueueConfig: client.queue } };
    },
    () => ({}),
    openGroup,
  ),
  'ds.join.queue-config': between(
    join,
    () => ({ aad: { ownQueueConfig: undefined } }),
    () => ({}),
    openGroup,
  ),
  'ds.resync.only-replace': between(
    resync,
    () => ({ replace: BOB }),
    () => ({}),
  ),
  'ds.resync.pseudonym': between(
    resync,
    ({ group }) => ({ client: group.client() }),
    () => ({}),
  ),
  'ds.self-remove.own': between(
    leave,
    ({ group }) => makeProposal(group, CAROL, { type: 'remove', removed: BOB }),
    ownRemove,
  ),
  'ds.self-remove.aad': between(
    leave,
    ({ group }) => makeProposal(group, CAROL, undefined, new Uint8Array(1)),
    ownRemove,
  ),
  'ds.self-remove.once': between(
    ({ group }, leaf) => group.submitLeave(leaf),
    () => CAROL,
    () => BOB,
    async ({ group }) => mustHold(await group.submitLeave(CAROL)),
  ),
  'ds.delete.all-others': between(
    deletion,
    () => ({ remove: [BOB] }),
    () => ({ remove: [BOB, CAROL] }),
  ),
  'ds.delete.alone': {
    refuses: ({ group }) => group.submitDelete(),
    accepts: async ({ group }) => {
      await group.remove([BOB, CAROL]);
      return group.submitDelete();
    },
  },
};
