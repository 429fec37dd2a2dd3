/** What a table is, as its columns tell. */
export type TableKind = 'ledger' | 'roster' | 'timetable' | 'plan' | 'scores' | 'sign-in';

/** A file that cannot be used. `message` is one Chinese sentence: what was found and what to do. */
export class DocumentError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'DocumentError';
  }
}

/** A file that holds another table than was asked for. */
export class OtherTableError extends DocumentError {
  readonly kind: TableKind;

  constructor(kind: TableKind, message: string) {
    super(message);
    this.name = 'OtherTableError';
    this.kind = kind;
  }
}
