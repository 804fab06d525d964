import type { SignedRequest } from '@phoenix/edge';
import { checkApplicationMessage, mlsMessageCodec } from '@phoenix/mls';
import { done, encode, groupId, monthNumber, type Outcome, type Refusal, refuse } from '@phoenix/wire';
import { byDestination, type DeletedQueue, type FanOut } from '../domain/fan-out.js';
import type { GroupCipher } from '../domain/group-cipher.js';
import type { RosterRow } from '../domain/group-row.js';
import { MessageIds } from '../domain/message-ids.js';
import { read } from '../domain/read.js';
import type { Roster } from '../domain/roster.js';
import type { FanOutTransport } from '../ports/fan-out-transport.js';
import type { GroupStore, SharedGroup } from '../ports/group-store.js';
import { authenticateLeaf, leafOf } from './authenticate-leaf.js';
import { completePending } from './complete-pending.js';
import type { DsWorld } from './ds-world.js';
import type { FileNotices } from './file-notices.js';
import { openRoster } from './open-group.js';
import { type GroupAccess, underEarKey } from './under-ear-key.js';

/** An application message for a group: an MLSMessage with a PrivateMessage. */
export interface MessageInput extends GroupAccess {
  readonly message: Uint8Array;
}

/** A message that was taken, and the queues that it could not reach. */
interface Sent {
  readonly noticeKey: Uint8Array;
  readonly deleted: readonly DeletedQueue[];
}

/**
 * Sends an application message to all other members, reading the roster only. It holds the group's shared lock while the
 * QS takes the message, so that no commit gets between the roster it read and the queues it reaches.
 */
export class SendMessage {
  constructor(
    private readonly store: GroupStore,
    private readonly transport: FanOutTransport,
    private readonly notices: FileNotices,
    private readonly world: DsWorld,
  ) {}

  execute(input: MessageInput, request: SignedRequest): Promise<Outcome<void>> {
    return underEarKey(this.world, input, async (cipher) => {
      if (input.message.length > this.world.limits.maxMessageBytes)
        return refuse('LIMIT_EXCEEDED', { rule: 'ds.limit.message' });
      const sent = await this.store.shared(input.groupId, (group) =>
        this.#send(group, cipher, input, request),
      );
      if (!sent.ok) return sent;
      const { noticeKey, deleted } = sent.value;
      await this.notices.execute({ id: cipher.groupId, noticeKey }, deleted);
      return done();
    });
  }

  async #send(
    group: SharedGroup,
    cipher: GroupCipher,
    { groupId, message }: MessageInput,
    request: SignedRequest,
  ): Promise<Outcome<Sent>> {
    const row = await group.loadRoster();
    const roster = openRoster(cipher, row);
    if (!roster.ok || row === undefined) return roster.ok ? refuse('NOT_FOUND') : roster;
    const authenticated = await authenticateLeaf(request, roster.value, groupId);
    if (!authenticated.ok) return authenticated;
    const completed = await completePending(cipher, row, this.transport, group);
    if (!completed.ok) return completed;
    const checked = this.#check(message, cipher, roster.value.epoch);
    if (!checked.ok)
      return (await this.#wasTaken(checked, request)) ? done(sent(row, completed.value)) : checked;

    const now = this.world.clock.now();
    const delivered = await this.#deliver(roster.value, leafOf(request), message, request.bodyDigest, now);
    if (!delivered.ok) return delivered;
    if (row.lastActiveMonth !== monthNumber(now)) await group.markActive(monthNumber(now));
    return done(sent(row, [...completed.value, ...delivered.value]));
  }

  /**
   * Whether this very body was taken in an epoch that is over: its sender lost the answer, not the message. It signs as
   * its leaf of *this* epoch; a sender that is gone, or signs with a key that it has replaced, was refused before.
   */
  async #wasTaken({ refusal }: { refusal: Refusal }, { bodyDigest }: SignedRequest): Promise<boolean> {
    if (refusal.code !== 'WRONG_EPOCH') return false;
    return this.transport.taken(new MessageIds(this.world.crypto, bodyDigest).next());
  }

  #check(bytes: Uint8Array, cipher: GroupCipher, epoch: bigint): Outcome<void> {
    const message = read(mlsMessageCodec, bytes);
    if (message === undefined) return refuse('BAD_REQUEST');
    if (message.type !== 'privateMessage') return refuse('INVALID_MESSAGE', { rule: 'mls.6-content-type' });
    const moment = { groupId: encode(groupId, cipher.groupId), epoch };
    const checked = checkApplicationMessage(message.privateMessage, moment);
    if (checked.ok) return done();
    if (checked.rule === 'mls.6-epoch') return refuse('WRONG_EPOCH', { epoch });
    return refuse('INVALID_MESSAGE', { rule: checked.rule });
  }

  async #deliver(
    roster: Roster,
    sender: number,
    payload: Uint8Array,
    bodyDigest: Uint8Array,
    now: number,
  ): Promise<Outcome<readonly DeletedQueue[]>> {
    const others = roster.leaves.queues(sender);
    const entry = { type: 'application', timestamp: BigInt(now), payload } as const;
    const ids = new MessageIds(this.world.crypto, bodyDigest);
    const fanOuts = [...byDestination(others)].map(([destination, configs]): FanOut => ({
      id: ids.next(),
      destination,
      configs,
      entry,
    }));
    return fanOuts.length === 0 ? done([]) : this.transport.deliver(fanOuts);
  }
}

function sent({ noticeKey }: RosterRow, deleted: readonly DeletedQueue[]): Sent {
  return { noticeKey, deleted };
}
