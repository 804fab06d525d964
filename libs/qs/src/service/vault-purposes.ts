/** What the QS's keys are bound to in the vault. */
export const VAULT_PURPOSES = {
  signing: 'qs.signing',
  queueConfig: 'qs.queue-config',
  ratchet: 'qs.ratchet',
} as const;
