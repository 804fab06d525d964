import { BREAK, type DocumentNode, visit } from 'graphql';

const MAX_DOCUMENTS = 256;
const MAX_SOURCE_LENGTH = 8 * 1024;

/**
 * Apollo's `documentStore`: documents that were parsed and validated, for the next request with the same text. One with a
 * literal value is not kept: the value may be an EAR key or a friendship token that a client wrote into the text instead of
 * the variables, and those are to be forgotten with the request.
 */
export class DocumentStore {
  readonly #documents = new Map<string, DocumentNode>();

  get(key: string): Promise<DocumentNode | undefined> {
    return Promise.resolve(this.#documents.get(key));
  }

  set(key: string, document: DocumentNode): Promise<void> {
    const isShort = (document.loc?.end ?? Infinity) <= MAX_SOURCE_LENGTH;
    if (isShort && !hasLiterals(document)) this.#keep(key, document);
    return Promise.resolve();
  }

  delete(key: string): Promise<boolean> {
    return Promise.resolve(this.#documents.delete(key));
  }

  /** Makes room by dropping the oldest: a client's few documents come back, a flood of new ones does not grow the store. */
  #keep(key: string, document: DocumentNode): void {
    const [oldest] = this.#documents.keys();
    if (this.#documents.size >= MAX_DOCUMENTS && oldest !== undefined) this.#documents.delete(oldest);
    this.#documents.set(key, document);
  }
}

function hasLiterals(document: DocumentNode): boolean {
  let found = false;
  const literal = (): typeof BREAK => {
    found = true;
    return BREAK;
  };
  visit(document, { StringValue: literal, IntValue: literal, FloatValue: literal, EnumValue: literal });
  return found;
}
