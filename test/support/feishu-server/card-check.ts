/** What the platform refuses of a card; empty: it is accepted. */
export function checkCard(_card: unknown): readonly { code: number; sub: number; message: string }[] {
  return [];
}
