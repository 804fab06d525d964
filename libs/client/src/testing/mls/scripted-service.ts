import { nodeCrypto } from '@phoenix/crypto';
import {
  externalSendersCodec,
  ExtensionType,
  type FramedContent,
  framedContentTbs,
  groupContextCodec,
  mlsMessageCodec,
  type Proposal,
  signContent,
  WireFormat,
} from '@phoenix/mls';
import { decode, encode, utf8 } from '@phoenix/wire';
import type { MlsExtension, MlsSignatureKeys } from '../../mls/mls-engine.js';
import type { MlsGroup } from '../../mls/mls-group.js';
import type { SeededChoices } from './seeded-choices.js';

/** The part of a delivery service that speaks MLS: it proposes by its own key. For tests. */
export class ScriptedService {
  readonly keys: MlsSignatureKeys;

  constructor(private readonly random: SeededChoices) {
    this.keys = nodeCrypto(random).signer.generateKeyPair();
  }

  /** The GroupContext extension that lets it propose. */
  get extension(): MlsExtension {
    const credential = { type: 'basic', identity: utf8('ds.example.com') } as const;
    const data = encode(externalSendersCodec, [{ signatureKey: this.keys.publicKey, credential }]);
    return { type: ExtensionType.externalSenders, data };
  }

  /** MLSMessage with its Remove of a leaf, for the epoch in which `group` is. */
  remove(group: MlsGroup, removed: number): Uint8Array {
    return this.propose(group, { type: 'remove', removed });
  }

  /** MLSMessage with any proposal, by any sender's name, signed with its key or another's. */
  propose(
    group: MlsGroup,
    proposal: Proposal,
    {
      sender = { type: 'external', senderIndex: 0 },
      keys = this.keys,
      epoch = group.epoch,
      authenticatedData = new Uint8Array(),
    }: Partial<Pick<FramedContent, 'sender' | 'epoch' | 'authenticatedData'>> & {
      keys?: MlsSignatureKeys;
    } = {},
  ): Uint8Array {
    const { groupId } = group;
    const body = { type: 'proposal', proposal } as const;
    const content: FramedContent = { groupId, epoch, sender, authenticatedData, body };
    const context = decode(groupContextCodec, group.groupContext());
    const tbs = framedContentTbs(WireFormat.publicMessage, content, context);
    const { signer } = nodeCrypto(this.random);
    const signature = signer.sign(keys.privateKey, signContent('FramedContentTBS', tbs));
    const auth = { signature, confirmationTag: undefined };
    const membershipTag = sender.type === 'member' ? this.random.bytes(32) : undefined;
    return encode(mlsMessageCodec, {
      type: 'publicMessage',
      publicMessage: { content, auth, membershipTag },
    });
  }
}
