import {
  done,
  formatUserId,
  isAlias,
  isDomain,
  type Outcome,
  parseUserId,
  refuse,
  type UserId,
} from '@phoenix/wire';

/** Whom to connect with; `written` is the one way to write it. */
export type Target =
  | { readonly kind: 'user'; readonly written: string; readonly user: UserId }
  | { readonly kind: 'alias'; readonly written: string; readonly alias: string };

/**
 * Reads `uuid@domain` as a user id, else `alias@domain`. Refuses with BAD_REQUEST what is neither, and with NOT_FOUND another home
 * domain than ours.
 */
export function readTarget(text: string, home: string): Outcome<Target> {
  const user = parseUserId(text);
  const at = text.lastIndexOf('@');
  const [alias, domain] = [text.slice(0, at), text.slice(at + 1)];
  if (user === undefined && (at < 0 || !isAlias(alias) || !isDomain(domain)))
    return refuse('BAD_REQUEST', { rule: 'client.connect.target' });
  if ((user?.domain ?? domain) !== home) return refuse('NOT_FOUND', { rule: 'client.connect.domain' });
  return done(
    user === undefined
      ? { kind: 'alias', written: text, alias }
      : { kind: 'user', written: formatUserId(user), user },
  );
}
