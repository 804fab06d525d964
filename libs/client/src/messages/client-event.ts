import { type CodecValue, fixed, list, mapped, opaque, struct, u64, utf8 } from '@phoenix/wire';
import { tagged } from '../store/tagged.js';

const text = mapped(opaque(), (bytes) => new TextDecoder().decode(bytes), utf8);

/**
 * What a client tells its user. Groups and users are named as this library writes them: `uuid@domain`.
 * - `message`: `id` (16 bytes) and `body` as the sender sent them, `sentAt` in UTC milliseconds at the DS;
 * - `joined`: someone took us into a group; `members`: who came and went; `removed`: we were put out, or somebody committed that we
 *   leave; `deleted`: we deleted it, or it is there no more; `damaged`: the DS cannot open it any more, by our key at least; `resynced`: we had lost the group and are back, what was said meanwhile is missing;
 * - `roles`: who became an admin and who is none any more; `profile`: a member's profile key is another one;
 * - `halted`: the group went where we do not follow; `rule` says what did not hold;
 * - `unreadable`: a message could not be read, or a commit or proposal is none of this group (`reason`); `garbled`: a commit in the
 *   name of the member `sender` cannot be decrypted and has put us out of sync; no server did that without a member's help;
 * - `invitation-refused`: a Welcome, or an offer that we had taken up, did not hold;
 * - `unsent`: a message that `send` had kept is refused for good (`reason`); `body` is what it said;
 * - `connection-offered`: `user` asks to be connected with us, found by `alias`, or by our user id where that is empty; `connected`: we
 *   have the keys to add `user` to groups; `disconnected`: `user` has left the group that we had for that, which is deleted by us, and
 *   may not want to be added any more; `unconnected`: our offer to `target` cannot be delivered (`reason`);
 * - `offer-refused`: an offer did not hold (`rule`); who it is from is only what it says (`user`), but where the rule is
 *   `client.contact.identity`: then the AS has signed a second credential for somebody we know;
 * - `offers-missed`: a queue of offers was full, or cannot be read; `alias-gone`: its time has passed, or somebody else has it;
 * - `key-changed`: `user` has another credential key, and the one before it says so: its safety number is another one; `unverified`: a
 *   credential of `user` was revoked;
 * - `account-gone`: the AS says that it knows us no more, after our credential has ended. Nothing was dropped; `PhoenixClient.register` on
 *   this store makes a new user in place of this one;
 * - `gap`: the queue was full, or entries of it are missing or cannot be read: something was said that is not here.
 */
export const clientEvent = tagged({
  message: [1, struct({ group: text, sender: text, id: fixed(16), body: opaque(), sentAt: u64 })],
  joined: [2, struct({ group: text, inviter: text })],
  members: [3, struct({ group: text, added: list(text), removed: list(text) })],
  removed: [4, struct({ group: text })],
  halted: [5, struct({ group: text, rule: text })],
  unreadable: [6, struct({ group: text, reason: text })],
  'invitation-refused': [7, struct({ rule: text })],
  gap: [8, struct({ since: u64 })],
  unsent: [9, struct({ group: text, body: opaque(), reason: text })],
  resynced: [10, struct({ group: text })],
  deleted: [11, struct({ group: text })],
  roles: [12, struct({ group: text, promoted: list(text), demoted: list(text) })],
  profile: [13, struct({ group: text, user: text })],
  garbled: [14, struct({ group: text, sender: text })],
  'connection-offered': [15, struct({ user: text, alias: text })],
  connected: [16, struct({ user: text, group: text })],
  unconnected: [17, struct({ target: text, reason: text })],
  'offer-refused': [18, struct({ user: text, rule: text })],
  'offers-missed': [19, struct({ alias: text })],
  'alias-gone': [20, struct({ alias: text })],
  disconnected: [21, struct({ user: text, group: text })],
  damaged: [22, struct({ group: text })],
  'key-changed': [23, struct({ group: text, user: text })],
  unverified: [24, struct({ group: text, user: text })],
  'account-gone': [25, struct({})],
});
export type ClientEvent = CodecValue<typeof clientEvent>;
