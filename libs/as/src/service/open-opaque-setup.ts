import type { KeyVault, OpaqueServer } from '@phoenix/crypto';
import { OpaqueSetup } from '../domain/opaque-setup.js';
import { VAULT_PURPOSES } from '../domain/vault-purposes.js';
import type { AuthorityStore } from '../ports/authority-store.js';

/** The OPAQUE set-up that is stored or, at the first boot, a new one. */
export async function openOpaqueSetup(
  store: AuthorityStore,
  vault: KeyVault,
  opaque: OpaqueServer,
  domain: string,
): Promise<OpaqueSetup> {
  const stored = await store.opaqueSetup();
  const wrapped = stored ?? (await store.establishOpaqueSetup(await fresh(vault, opaque)));
  return new OpaqueSetup(await vault.unwrap(VAULT_PURPOSES.opaque, wrapped), domain);
}

async function fresh(vault: KeyVault, opaque: OpaqueServer): Promise<Uint8Array> {
  return vault.wrap(VAULT_PURPOSES.opaque, await opaque.createSetup());
}
