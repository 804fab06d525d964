import type { KeyVault, PhoenixCrypto } from '@phoenix/crypto';
import { issueAuthority } from '../domain/issue-authority.js';
import type { AuthorityKeys } from '../domain/issuer.js';
import type { AuthorityStore } from '../ports/authority-store.js';

/** The keys of this AS: those that are stored or, at the first boot, new ones. */
export async function openAuthority(
  store: AuthorityStore,
  vault: KeyVault,
  crypto: PhoenixCrypto,
  first: { domain: string; nowMs: number },
): Promise<AuthorityKeys> {
  const stored = await store.load();
  return stored ?? store.establish(await issueAuthority(vault, crypto, first.domain, first.nowMs));
}
