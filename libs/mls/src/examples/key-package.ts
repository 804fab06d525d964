import { decode } from '@phoenix/wire';
import {
  type Checked,
  keyPackageCodec,
  keyPackageRef,
  type MlsCrypto,
  RULES,
  UNCHECKABLE,
  verifyKeyPackage,
} from '../index.js';

/** The reference of a KeyPackage that may be published; `now` in seconds. @throws DecodeError */
export function publish(bytes: Uint8Array, crypto: MlsCrypto, now: number): Checked<Uint8Array> {
  const checked = verifyKeyPackage(decode(keyPackageCodec, bytes), { crypto, cipherSuite: 1, now });
  return checked.ok ? { ok: true, value: keyPackageRef(crypto, checked.value) } : checked;
}

/** Why something was refused, for a developer to read. */
export function explain(refusal: Extract<Checked<never>, { ok: false }>): string {
  const { section, demands } = RULES[refusal.rule];
  const source = section === '' ? 'a limit of this server' : `RFC 9420 §${section}`;
  return `${refusal.rule} (${source}): ${demands}`;
}

/** What an accepted input may still be wrong in: for members, joiners, owners and the application to judge. */
export function caveats(): string[] {
  return Object.values(UNCHECKABLE).map(
    ({ section, demands, judges }) => `§${section}, ${judges}: ${demands}`,
  );
}
