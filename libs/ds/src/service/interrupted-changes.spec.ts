import type { Outcome } from '@phoenix/wire';
import { MemoryGroupStore } from '../adapters/memory/memory-group-store.js';
import { DsUnderTest } from '../testing/ds-under-test.js';
import { FaultyGroupStore, Interrupted, Interruptions } from '../testing/interruptions.js';
import { mustHold } from '../testing/must-hold.js';
import { makeArrival } from '../testing/scripted-arrival.js';
import type { ScriptedClient } from '../testing/scripted-client.js';
import { ScriptedConversation } from '../testing/scripted-conversation.js';
import { makeProposal } from '../testing/scripted-proposal.js';

let interruptions: Interruptions;
let ds: DsUnderTest;
let group: ScriptedConversation;
let witness: ScriptedClient;

const [BOB, CAROL] = [1, 2];

async function begin(isOpen = false): Promise<void> {
  interruptions = new Interruptions();
  ds = await DsUnderTest.over(new FaultyGroupStore(new MemoryGroupStore(), interruptions));
  const deliver = ds.transport.deliver.bind(ds.transport);
  ds.transport.deliver = (fanOuts) => interruptions.around(() => deliver(fanOuts));
  group = await ScriptedConversation.begin(ds, { open: isOpen });
  if (!isOpen) await group.add(2);
  witness = group.member(0);
}

/** A change that can be sent, and sent again. */
type Send = () => Promise<Outcome<unknown>>;

/** Cuts a change off at each of its steps, and sends it again, twice. @returns how many steps there are. */
async function atEachStep(make: () => Send, seen: readonly string[], isOpen?: boolean): Promise<number> {
  for (let step = 1; ; step++) {
    await begin(isOpen);
    const send = make();
    const before = group.received(witness).length;
    interruptions.at(step);
    const wasCutOff = await send().then(
      () => false,
      (error: unknown) => {
        expect(error).toBeInstanceOf(Interrupted);
        return true;
      },
    );
    interruptions.never();
    expect(mustHold(await send())).toEqual(mustHold(await send()));
    const types = group.received(witness).map(({ type }) => type);
    expect(types.slice(before)).toEqual(seen);
    expect((await ds.store.load(group.uuid))?.pending).toBeUndefined();
    if (!wasCutOff) return step - 1;
  }
}

describe('a change that is cut off, wherever that is, and sent again', () => {
  it('makes an admin once', async () => {
    const make = (): Send => {
      const made = group.make({ admins: [group.member(0).pseudonym, group.member(BOB).pseudonym] });
      return () => group.submitContext(made);
    };
    expect(await atEachStep(make, ['commit'])).toBeGreaterThanOrEqual(9);
  });

  it('lets a contact in once', async () => {
    const make = (): Send => {
      const made = makeArrival(group);
      return () => group.submitJoin(made);
    };
    expect(await atEachStep(make, ['commit'], true)).toBeGreaterThanOrEqual(9);
  });

  it('lets a member come back once', async () => {
    const make = (): Send => {
      const [made, old] = [makeArrival(group, { replace: CAROL }), group.member(CAROL)];
      return () => group.submitResync(made, CAROL, old);
    };
    expect(await atEachStep(make, ['commit'])).toBeGreaterThanOrEqual(9);
  });

  it('proposes once that its sender leave', async () => {
    const make = (): Send => {
      const proposal = makeProposal(group, CAROL);
      return () => group.submitLeave(CAROL, proposal);
    };
    expect(await atEachStep(make, ['proposal'])).toBeGreaterThanOrEqual(9);
  });

  it('tells once, after the commit, whom the DS removes', async () => {
    const make = (): Send => {
      ds.clock.advance(124 * 86_400_000);
      const made = group.make({ committer: BOB });
      return () => group.submitUpdate(made, BOB);
    };
    expect(await atEachStep(make, ['commit', 'proposal'])).toBeGreaterThanOrEqual(9);
  });
});
