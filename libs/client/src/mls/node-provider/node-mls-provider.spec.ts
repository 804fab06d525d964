import { utf8 } from '@phoenix/wire';
import {
  defaultCryptoProvider,
  getCiphersuiteFromName,
  getCiphersuiteImpl,
  nobleCryptoProvider,
} from 'ts-mls';
import { MLS_SUITE } from '../mls-suite.js';
import { agreement, LIFETIME, MlsParty, NOW_MS, stage } from '../../testing/mls/mls-party.js';
import { SeededChoices } from '../../testing/mls/seeded-choices.js';
import { tsMlsEngine } from '../ts-mls-engine.js';
import { nodeMlsProvider } from './node-mls-provider.js';

async function both() {
  const random = new SeededChoices(51);
  const suite = getCiphersuiteFromName(MLS_SUITE);
  const ours = await getCiphersuiteImpl(suite, nodeMlsProvider(random));
  const theirs = await getCiphersuiteImpl(suite, defaultCryptoProvider);
  return { random, ours, theirs };
}

describe("ts-mls's crypto on node:crypto", () => {
  it('derives, hashes and authenticates as the provider of ts-mls does', async () => {
    const { random, ours, theirs } = await both();
    for (const length of [0, 1, 31, 32, 33, 64, 100, 1_000]) {
      const [key, data] = [random.bytes(32), random.bytes(length)];
      expect(await ours.hash.digest(data)).toEqual(await theirs.hash.digest(data));
      expect(await ours.hash.mac(key, data)).toEqual(await theirs.hash.mac(key, data));
      expect(await ours.kdf.extract(key, data)).toEqual(await theirs.kdf.extract(key, data));
      expect(await ours.kdf.expand(key, data, 1 + length)).toEqual(
        await theirs.kdf.expand(key, data, 1 + length),
      );
      expect(await ours.hash.verifyMac(key, await theirs.hash.mac(key, data), data)).toBe(true);
      expect(await ours.hash.verifyMac(key, random.bytes(32), data)).toBe(false);
    }
  });

  it('opens what the other has sealed, and derives the same keys', async () => {
    const { random, ours, theirs } = await both();
    for (const [from, to] of [[ours, theirs] as const, [theirs, ours] as const]) {
      const ikm = random.bytes(32);
      const pair = await to.hpke.deriveKeyPair(ikm);
      const raw = await to.hpke.exportPublicKey(pair.publicKey);
      const fromPair = await from.hpke.deriveKeyPair(ikm);
      expect(await from.hpke.exportPublicKey(fromPair.publicKey)).toEqual(raw);
      const rawPrivate = await to.hpke.exportPrivateKey(pair.privateKey);
      expect(await from.hpke.exportPrivateKey(fromPair.privateKey)).toEqual(rawPrivate);
      const [info, aad, plaintext] = [random.bytes(20), random.bytes(5), random.bytes(100)];
      const recipient = await from.hpke.importPublicKey(raw);
      const { enc, ct } = await from.hpke.seal(recipient, plaintext, info, aad);
      const privateKey = await to.hpke.importPrivateKey(rawPrivate);
      expect(await to.hpke.open(privateKey, enc, ct, info, aad)).toEqual(plaintext);
      await expect(to.hpke.open(privateKey, enc, ct, aad, info)).rejects.toThrow();
      const exported = await from.hpke.exportSecret(recipient, aad, 32, info);
      const imported = await to.hpke.importSecret(privateKey, aad, exported.enc, 32, info);
      expect(imported).toEqual(exported.secret);
    }
  });

  it('signs and verifies as the other does, and takes no key of small order to agree on', async () => {
    const { random, ours, theirs } = await both();
    const message = random.bytes(100);
    for (const [from, to] of [[ours, theirs] as const, [theirs, ours] as const]) {
      const { publicKey, signKey } = await from.signature.keygen();
      const signature = await from.signature.sign(signKey, message);
      expect(await to.signature.verify(publicKey, message, signature)).toBe(true);
      expect(await to.signature.verify(publicKey, random.bytes(100), signature)).toBe(false);
    }
    expect(await ours.signature.verify(new Uint8Array(3), message, new Uint8Array(64))).toBe(false);
    const zero = await ours.hpke.importPublicKey(new Uint8Array(32));
    await expect(ours.hpke.seal(zero, message, message)).rejects.toThrow();
  });

  it('seals messages as the other does', async () => {
    const { random, ours, theirs } = await both();
    const [key, nonce, aad, plaintext] = [16, 12, 30, 200].map((length) => random.bytes(length));
    const sealed = await ours.hpke.encryptAead(key!, nonce!, aad, plaintext!);
    expect(sealed).toEqual(await theirs.hpke.encryptAead(key!, nonce!, aad, plaintext!));
    expect(await ours.hpke.decryptAead(key!, nonce!, aad, sealed)).toEqual(plaintext);
    await expect(ours.hpke.decryptAead(key!, nonce!, aad, sealed.subarray(1))).rejects.toThrow();
    await expect(ours.hpke.decryptAead(key!, nonce!, aad, sealed.subarray(0, 3))).rejects.toThrow();
  });

  it('can be replaced by noble, as browsers do: members on either read each other', async () => {
    const party = await MlsParty.of(52);
    const browser = await tsMlsEngine(nobleCryptoProvider, () => NOW_MS);
    const alice = await party.group('alice');
    const request = { ...party.leaf('bob'), lifetime: LIFETIME, extensions: [], lastResort: false };
    const keys = await browser.generateKeyPackage(request);
    const { welcome } = await party.commit(alice, [], { add: [keys.keyPackage] });
    const bob = await browser.joinGroup(welcome!, keys, alice.ratchetTree());
    const { commit } = await stage(bob!, {});
    await bob!.mergePendingCommit();
    await alice.processCommit(commit, NOW_MS);
    expect(agreement(bob!)).toBe(agreement(alice));
    const message = await alice.encrypt(utf8('hello'), new Uint8Array());
    expect(await bob!.decrypt(message)).toMatchObject({ content: utf8('hello') });
  });
});
