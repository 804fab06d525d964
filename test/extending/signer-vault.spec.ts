import { join, resolve } from 'node:path';
import { nodeCrypto, VaultError } from '@phoenix/crypto';
import { keyVaultConformance } from '@phoenix/crypto/testing';
import { SignerVault } from '../../docs/extending/signer-vault/signer-vault.js';

const SIGNER = join(resolve(__dirname, '../../docs/extending/signer-vault'), 'stand-in-signer.mjs');

describe('the example of a vault over an external signer', () => {
  const started: SignerVault[] = [];
  const start = (): SignerVault => {
    const vault = SignerVault.start(process.execPath, [SIGNER]);
    started.push(vault);
    return vault;
  };
  afterEach(() => started.splice(0).forEach((vault) => vault.close()));

  keyVaultConformance(async () => start());

  it('answers many at once, each its own question', async () => {
    const { signer, random } = nodeCrypto();
    const vault = start();
    const { publicKey, wrapped } = await vault.generateSigningKey('as.credential');
    const messages = Array.from({ length: 50 }, () => random.bytes(100));
    const signatures = await Promise.all(messages.map((each) => vault.sign('as.credential', wrapped, each)));
    messages.forEach((each, i) => expect(signer.verify(publicKey, each, signatures[i]!)).toBe(true));
  });

  it('wraps an OPAQUE set-up, which is longer than a key', async () => {
    const vault = start();
    const setup = nodeCrypto().random.bytes(128);
    expect(await vault.unwrap('as.opaque', await vault.wrap('as.opaque', setup))).toEqual(setup);
  });

  it('refuses what is under way and what comes when the signer is gone', async () => {
    const vault = start();
    const asked = vault.generateSigningKey('ds.signing');
    vault.close();
    await expect(asked).rejects.toThrow(VaultError);
    await expect(vault.wrap('ds.ticket', new Uint8Array(32))).rejects.toThrow('the signer is gone');
  });

  it('refuses a signer that cannot be started', async () => {
    const vault = SignerVault.start('/no/such/signer', []);
    await expect(vault.storeKeys('qs.ratchet')).rejects.toThrow(VaultError);
  });
});
