import type { Reader, Transaction } from '../../store/store.ts';
import { type SimulatorMessage, simulatorMessages } from './messages.ts';

const shownLength = 4000;

export async function appendMessage(
  tx: Transaction,
  message: Pick<SimulatorMessage, 'chat' | 'from'> & Partial<SimulatorMessage>,
): Promise<SimulatorMessage> {
  const n = await tx.nextNumber('simulator-message');
  const text = message.text ?? '';
  const row: SimulatorMessage = {
    files: [],
    reply: null,
    charts: [],
    revision: 0,
    key: null,
    ...message,
    id: `om_${n}`,
    n,
    at: tx.cause.at,
    text: text.slice(0, shownLength),
    length: text.length,
  };
  await tx.put(simulatorMessages, row);
  return row;
}

export interface History {
  /** Oldest first. */
  readonly messages: readonly SimulatorMessage[];
  /** Whether there are older ones. */
  readonly earlier: boolean;
}

/** The latest messages of a chat, or those before message number `before`. */
export async function readHistory(view: Reader, chat: string, before?: number, limit = 50): Promise<History> {
  const page = await view.find(simulatorMessages, {
    index: 'byChat',
    equals: [chat],
    ...(before === undefined ? {} : { to: before - 1 }),
    order: 'desc',
    limit,
  });
  return { messages: [...page.rows].reverse(), earlier: page.next !== null };
}
