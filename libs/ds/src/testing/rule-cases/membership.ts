import { mlsMessageCodec } from '@phoenix/mls';
import { decode, encode } from '@phoenix/wire';
import type { DsRuleId } from '../../domain/rules.js';
import type { CommitScript } from '../commit-script.js';
import { mustHold } from '../must-hold.js';
import { between, committing, fresh, named, type RuleCase, type Scene } from './rule-case.js';

type MembershipRule = Extract<
  DsRuleId,
  | `ds.add.${string}`
  | `ds.remove.${string}`
  | `ds.update.${string}`
  | `ds.policy.${string}`
  | `ds.role.${string}`
  | `ds.limit.${string}`
  | 'ds.context.extensions'
  | 'ds.context.only-context'
  | 'ds.context.admins'
  | 'ds.context.external-senders'
>;

const [BOB, CAROL] = [1, 2];
const add = committing('submitAdd');
const remove = committing('submitRemove');
const update = committing('submitUpdate');
const context = committing('submitContext');
const added = ({ group }: Scene): CommitScript => ({ add: [group.client()] });
const withoutCarol = (): CommitScript => ({ remove: [CAROL] });
const sameAdmins = (scene: Scene): CommitScript => ({ admins: [named(scene, 0)] });
const twoAdmins = (scene: Scene): CommitScript => ({ admins: [named(scene, 0), named(scene, BOB)] });

/** Removes Carol, with the GroupContext extensions that are left of the usual ones. */
function keeping(count: number, ...more: readonly number[]) {
  return ({ group }: Scene): CommitScript => {
    const others = more.map((type) => ({ type, data: new Uint8Array(0) }));
    return {
      ...withoutCarol(),
      contextExtensions: [...group.contextExtensions().slice(0, count), ...others],
    };
  };
}

type Beside = 'all' | 'less attributions' | 'a Welcome to another';

/** An invitation to two clients, with what goes beside it. */
const invite = ({ group }: Scene, beside: Beside) => {
  const clients = [group.client(), group.client()];
  const made = group.make({ add: clients });
  const { attributions, welcome } = made.input;
  const input = {
    ...made.input,
    attributions: beside === 'less attributions' ? attributions.slice(1) : attributions,
    welcome: beside === 'a Welcome to another' ? group.welcome([clients[0]!, group.client()]) : welcome,
  };
  return group.submitAdd({ ...made, input });
};

/** Adds somebody whose KeyPackage has so many bytes more than it needs. */
function withExtension(length: number) {
  return ({ group }: Scene): CommitScript => {
    const { extensions } = group.client().keyPackage;
    const more = { type: 0xf0fe, data: new Uint8Array(length) };
    return { add: [group.client({ extensions: [...extensions, more] })] };
  };
}

/** The Welcome with a GroupInfo that makes it so long. */
function longer(welcome: Uint8Array, length: number): Uint8Array {
  const message = decode(mlsMessageCodec, welcome);
  if (message.type !== 'welcome') throw new TypeError('no Welcome');
  const withInfo = (size: number): Uint8Array => {
    const changed = { ...message.welcome, encryptedGroupInfo: new Uint8Array(size) };
    return encode(mlsMessageCodec, { type: 'welcome', welcome: changed });
  };
  return withInfo(length - (withInfo(length).length - length));
}

export const membershipCases: Record<MembershipRule, RuleCase> = {
  'ds.add.only-adds': between(add, () => ({ path: true }), added),
  'ds.add.welcome-match': between<Beside>(
    invite,
    () => 'a Welcome to another',
    () => 'all',
  ),
  'ds.add.attribution-match': between<Beside>(
    invite,
    () => 'less attributions',
    () => 'all',
  ),
  'ds.add.size': between(add, withExtension(2048), withExtension(1024)),
  'ds.add.welcome-size': between(
    (scene, size) => {
      const { group } = scene;
      const made = group.make(added(scene));
      return group.submitAdd({
        ...made,
        input: { ...made.input, welcome: longer(made.input.welcome, size) },
      });
    },
    () => 128 * 1024 + 513,
    () => 128 * 1024 + 512,
  ),
  'ds.add.lifetime': between(
    add,
    ({ group }) => ({ add: [group.client({ lifetime: { notBefore: 0n, notAfter: 0xffffffffffn } })] }),
    added,
  ),
  'ds.remove.only-removes': between(remove, () => ({}), withoutCarol),
  'ds.update.only-path': between(
    update,
    () => ({ committer: BOB, remove: [CAROL] }),
    () => ({ committer: BOB }),
  ),
  'ds.policy.form': between(remove, keeping(1), keeping(2)),
  'ds.policy.change': between(
    remove,
    () => ({ ...withoutCarol(), admins: [] }),
    (scene) => ({ ...withoutCarol(), ...sameAdmins(scene) }),
  ),
  'ds.context.extensions': between(remove, keeping(2, 0x000a), keeping(2)),
  'ds.context.only-context': between(
    context,
    (scene) => ({ ...twoAdmins(scene), remove: [CAROL] }),
    twoAdmins,
  ),
  'ds.context.admins': between(context, (scene) => ({ admins: [named(scene, 0), fresh(scene)] }), twoAdmins),
  'ds.context.external-senders': between(
    context,
    ({ group }) => ({ contextExtensions: group.contextExtensions().slice(1) }),
    ({ group }) => ({ contextExtensions: group.contextExtensions() }),
  ),
  'ds.role.admin': between(remove, () => ({ committer: BOB, remove: [CAROL] }), withoutCarol),
  'ds.role.last-admin': between(
    ({ group }, leaf) => group.submitLeave(leaf),
    () => 0,
    () => CAROL,
    async (scene) => {
      // Bob, an admin as well, is leaving already.
      const made = scene.group.make(twoAdmins(scene));
      mustHold(await scene.group.submitContext(made));
      made.take();
      mustHold(await scene.group.submitLeave(BOB));
    },
  ),
  'ds.limit.members': between(
    add,
    ({ group }) => ({ add: [group.client(), group.client(), group.client()] }),
    ({ group }) => ({ add: [group.client(), group.client()] }),
  ),
  'ds.limit.message': between(
    ({ group }, size) => group.send(BOB, group.message(undefined, size)),
    () => 1024 * 1024,
    () => 1024 * 1024 - 1024,
  ),
};
