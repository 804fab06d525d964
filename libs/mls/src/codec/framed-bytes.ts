import { encode, Writer } from '@phoenix/wire';
import { type FramedContentAuthData, writeAuthData } from './framed-content-auth-data.js';
import { type FramedContent, framedContentCodec } from './framed-content.js';
import { type GroupContext, groupContextCodec } from './group-context.js';
import { MLS10 } from './protocol-version.js';

/**
 * A message's content, encoded once: what is signed, what the transcript takes in and what a reference hashes all hold
 * these bytes, and in a large group making them is a good part of the work.
 */
export class FramedBytes {
  readonly #sender: FramedContent['sender']['type'];
  readonly #content: Uint8Array;

  constructor(
    private readonly wireFormat: number,
    content: FramedContent,
  ) {
    this.#sender = content.sender.type;
    this.#content = encode(framedContentCodec, content);
  }

  /** `FramedContentTBS` (RFC 9420 §6.1): members, and those who join by a commit, sign the context, too. */
  tbs(context: GroupContext): Uint8Array {
    const writer = this.#writer().u16(MLS10).u16(this.wireFormat).bytes(this.#content);
    if (this.#sender === 'member' || this.#sender === 'new_member_commit')
      groupContextCodec.write(writer, context);
    return writer.view();
  }

  /** `ConfirmedTranscriptHashInput`: a commit's content with its signature (RFC 9420 §8.2). */
  transcriptInput(signature: Uint8Array): Uint8Array {
    return this.#writer().u16(this.wireFormat).bytes(this.#content).opaque(signature).view();
  }

  /** `AuthenticatedContent` (RFC 9420 §6). */
  authenticated(auth: FramedContentAuthData): Uint8Array {
    const writer = this.#writer().u16(this.wireFormat).bytes(this.#content);
    writeAuthData(writer, auth);
    return writer.view();
  }

  #writer(): Writer {
    return new Writer(this.#content.length + 1024);
  }
}
