import type { Outcome } from '@phoenix/wire';
import { deleteOwnAlias } from '../../aliases/delete-alias.js';
import { registerAlias } from '../../aliases/register-alias.js';
import type { ConnectionRule } from '../../connecting/connection-rule.js';
import { readTarget } from '../../connecting/target.js';
import { DOMAIN, mustHold } from './home-domain.js';
import { between, type RuleCase } from './rule-case.js';
import { ScriptedHome } from './scripted-home.js';

type NameRule = Extract<
  ConnectionRule,
  'client.connect.target' | 'client.connect.domain' | `client.alias.${string}`
>;

const seek = (text: string): Outcome<unknown> => readTarget(text, DOMAIN);

async function register(alias: string): Promise<Outcome<void>> {
  const { session } = await new ScriptedHome().client();
  return registerAlias(session, alias, 1);
}

/** Releases an alias where `ada` is ours. */
async function release(alias: string): Promise<Outcome<void>> {
  const { session } = await new ScriptedHome().client();
  mustHold(await registerAlias(session, 'ada', 1));
  return deleteOwnAlias(session, alias);
}

/** Cases of how people are named, and by whom. */
export const nameCases: Record<NameRule, RuleCase> = {
  'client.connect.target': between(seek, `Ada@${DOMAIN}`, `ada@${DOMAIN}`),
  'client.connect.domain': between(seek, 'ada@example.org', `ada@${DOMAIN}`),
  'client.alias.form': between(register, 'ad', 'ada'),
  'client.alias.own': between(release, 'eve', 'ada'),
};
