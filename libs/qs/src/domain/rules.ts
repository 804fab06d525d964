/** Every rule of the QS's own for add packages, beyond those of RFC 9420: its id, and what it demands (docs/protocol §6). */
export const QS_RULES = {
  'qs.add-package.encoding': 'An add package is an AddPackage with one KeyPackage in it.',
  'qs.add-package.lifetime': 'Its KeyPackage is valid for eight weeks from a Monday 00:00 UTC.',
  'qs.add-package.queue-config':
    'Its KeyPackage has a queue config (0xF0A2) of this home domain that this QS can open.',
  'qs.add-package.queue-config-owner':
    "Its queue config names the publishing client, under that client record's signature.",
  'qs.add-package.push-key': 'Its queue config carries no push key: that would lie beside the push token.',
  'qs.add-package.unique': 'No add package is published twice at a time.',
  'qs.add-package.last-resort': 'A publication has at least one last resort.',
} as const satisfies Record<string, string>;

/** The id of a rule, stable across releases. */
export type QsRuleId = keyof typeof QS_RULES;
