import { AEAD_TAG_LENGTH, type PhoenixCrypto, wipe } from '@phoenix/crypto';
import { equal, type GroupId, LABELS, Writer } from '@phoenix/wire';
import { SECTION_HEAD, type SectionDraft, unpadSection } from './section-padding.js';
import { type Section, sectionAad, sectionKeyContext } from './section.js';

const COMMITMENT_LENGTH = 32;
const NONCE_LENGTH = 12;
const NO_CONTEXT = new Uint8Array(0);

/**
 * What opening a section came to. `wrong-key`: the commitment is not this key's, nobody can tell why; `damaged`: it
 * is, and yet the ciphertext does not open in this place.
 */
export type OpenedSection =
  { readonly state: 'open'; readonly content: Uint8Array } | { readonly state: 'wrong-key' | 'damaged' };

interface SectionKey {
  readonly key: Uint8Array;
  readonly commitment: Uint8Array;
}

/**
 * Opens and seals one group's sections during one request, under the EAR key that came with it. A stored section is
 * `{ commitment[32]; Encrypted }`; the key is `DeriveKey(EAR key, "group state", section || group_id)` (docs/protocol §7).
 * It owns the EAR key from then on: call `wipe` when the request is over, whatever became of it.
 */
export class GroupCipher {
  readonly #keys = new Map<Section, SectionKey>();
  readonly #plaintexts: Uint8Array[] = [];

  constructor(
    private readonly crypto: PhoenixCrypto,
    readonly groupId: GroupId,
    private readonly earKey: Uint8Array,
  ) {}

  /** The section's content, valid until `wipe`. */
  open(section: Section, tag: Uint8Array, stored: Uint8Array): OpenedSection {
    const { key, commitment } = this.#key(section);
    if (!equal(stored.subarray(0, COMMITMENT_LENGTH), commitment)) return { state: 'wrong-key' };
    const padded = this.crypto.decrypt(key, this.#aad(section, tag), stored.subarray(COMMITMENT_LENGTH));
    if (padded === undefined) return { state: 'damaged' };
    this.#plaintexts.push(padded);
    return { state: 'open', content: unpadSection(padded) };
  }

  /** The section as it is stored, in exactly `size` bytes: the ciphertext takes the place of the draft. */
  seal(section: Section, tag: Uint8Array, draft: SectionDraft, size: number): Uint8Array {
    const { key, commitment } = this.#key(section);
    const stored = draft.framed(size);
    const nonce = this.crypto.random.bytes(NONCE_LENGTH);
    const sealed = stored.subarray(SECTION_HEAD);
    // The wire's `Encrypted`, written out: its encoder would copy a whole section three more times.
    const head = new Writer(SECTION_HEAD).bytes(commitment).bytes(nonce).length(sealed.length);
    stored.set(head.view());
    const padded = sealed.subarray(0, -AEAD_TAG_LENGTH);
    this.crypto.aead.sealInto(sealed, key, nonce, this.#aad(section, tag), padded);
    return stored;
  }

  /** Overwrites the EAR key, what was derived from it and every plaintext that was opened. */
  wipe(): void {
    wipe(this.earKey, ...this.#plaintexts, ...[...this.#keys.values()].map(({ key }) => key));
    this.#keys.clear();
    this.#plaintexts.length = 0;
  }

  #key(section: Section): SectionKey {
    const known = this.#keys.get(section);
    if (known !== undefined) return known;
    const context = sectionKeyContext({ section, groupId: this.groupId });
    const key = this.crypto.deriveKey(this.earKey, LABELS.groupState, context);
    const derived = { key, commitment: this.crypto.deriveKey(key, LABELS.keyCommitment, NO_CONTEXT) };
    this.#keys.set(section, derived);
    return derived;
  }

  #aad(section: Section, tag: Uint8Array): Uint8Array {
    return sectionAad({ groupId: this.groupId, section, tag });
  }
}
