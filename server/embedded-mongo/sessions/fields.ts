/** What a command says of its session: who, which number, and whether it belongs to a multi-document transaction. */
export interface SessionFields {
  readonly id: Uint8Array;
  readonly number: bigint;
  readonly multiDocument: boolean;
  readonly starts: boolean;
}
