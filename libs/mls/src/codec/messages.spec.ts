import { type Codec, decode, encode, Reader } from '@phoenix/wire';
import { groupSecretsCodec } from '../testing/open-welcome.js';
import { describeVectors, hex, toHex } from '../testing/vectors.js';
import { decodeRatchetTree, encodeRatchetTree } from '../tree/unverified-ratchet-tree.js';
import { commitCodec } from './commit.js';
import { type MlsMessage, mlsMessageCodec } from './mls-message.js';
import { proposalCodec } from './proposal.js';
import { ProposalType, type ProposalTypeName } from './proposal-type.js';

const MESSAGES: Record<string, MlsMessage['type']> = {
  mls_welcome: 'welcome',
  mls_group_info: 'groupInfo',
  mls_key_package: 'keyPackage',
  public_message_application: 'publicMessage',
  public_message_proposal: 'publicMessage',
  public_message_commit: 'publicMessage',
  private_message: 'privateMessage',
};
const PROPOSALS: Record<string, ProposalTypeName> = {
  add_proposal: 'add',
  update_proposal: 'update',
  remove_proposal: 'remove',
  pre_shared_key_proposal: 'psk',
  re_init_proposal: 'reinit',
  external_init_proposal: 'external_init',
  group_context_extensions_proposal: 'group_context_extensions',
};

describeVectors<Record<string, string>>('messages', (vectors) => {
  const all = (field: string): Uint8Array[] => vectors.map((v) => hex(v[field] as string));
  const holds = <T>(codec: Codec<T>, bytes: Uint8Array): T => {
    const value = decode(codec, bytes);
    expect(toHex(encode(codec, value))).toBe(toHex(bytes));
    return value;
  };

  it.each(Object.entries(MESSAGES))('reads and writes %s', (field, type) => {
    for (const bytes of all(field)) expect(holds(mlsMessageCodec, bytes).type).toBe(type);
  });

  it.each(Object.entries(PROPOSALS))('reads and writes %s', (field, type) => {
    const prefix = new Uint8Array([0, ProposalType[type]]);
    for (const body of all(field)) {
      const bytes = new Uint8Array([...prefix, ...body]);
      expect(holds(proposalCodec, bytes).type).toBe(type);
    }
  });

  it('reads and writes commit', () => {
    for (const bytes of all('commit')) holds(commitCodec, bytes);
  });

  it('reads and writes group_secrets', () => {
    for (const bytes of all('group_secrets')) holds(groupSecretsCodec, bytes);
  });

  it('reads and writes ratchet_tree', () => {
    for (const bytes of all('ratchet_tree'))
      expect(toHex(encodeRatchetTree(decodeRatchetTree(bytes, 1024)))).toBe(toHex(bytes));
  });
});

describeVectors<{ vlbytes_header: string; length: number }>('deserialization', (vectors) => {
  it.each(vectors.map((v) => [v.vlbytes_header, v.length] as const))(
    'reads the header %s as %i',
    (header, length) => {
      expect(new Reader(hex(header)).length()).toBe(length);
    },
  );
});
