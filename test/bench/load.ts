/** What one round of a party has to carry: how many messages, and how many of them are on their way at any time. */
export interface Load {
  readonly messages: number;
  readonly atOnce: number;
}

/** What every party does once before it is measured, until the compiler has seen everything. */
export const warmUp: Load = { messages: 4000, atOnce: 100 };

/** What a round measured, by name. */
export type Figures = Readonly<Record<string, number>>;

/** One of those who are compared, in a process of its own. */
export interface Party {
  round(load: Load): Promise<Figures>;
  close(): Promise<void>;
}

/** Carries a load. @returns messages per second */
export async function carry({ messages, atOnce }: Load, handle: () => Promise<unknown>): Promise<number> {
  let left = messages;
  const lane = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await handle();
    }
  };
  const start = performance.now();
  await Promise.all(Array.from({ length: atOnce }, lane));
  return (messages * 1000) / (performance.now() - start);
}
