/** A file that cannot be used. `message` is one Chinese sentence: what was found and what to do. */
export class DocumentError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'DocumentError';
  }
}
