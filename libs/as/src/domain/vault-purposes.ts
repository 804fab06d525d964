/** What the AS's keys are for, as the vault binds it to each. */
export const VAULT_PURPOSES = {
  root: 'as.credential',
  intermediate: 'as.intermediate',
  ticket: 'as.ticket',
  opaque: 'as.opaque',
  queue: 'as.queue',
} as const;
