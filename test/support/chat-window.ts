import type { Handler, IncomingFile, Sender } from '../../src/messenger/messenger.ts';
import { type Button, type Card, plainText, type Reply } from '../../src/messenger/reply.ts';

/** A message as it is shown now. */
export interface Shown {
  readonly id: string;
  reply: Reply;
}

/** One person's window on the bot. */
export interface Window {
  /** Sends a text and returns the plain text of the answer. */
  says(text: string): Promise<string>;
  /** The id under which this window's last message came in. */
  said(): string;
  /** Sends a file, with words or without. */
  sends(file: IncomingFile, words?: string): Promise<string>;
  /** Presses the newest button with this label and returns the toast, or the text of the card that took its place. */
  taps(label: string): Promise<string>;
  /** Presses a button that this person may never have seen. */
  presses(press: unknown, form?: Record<string, unknown>): Promise<string>;
  /** Fills and submits the newest form. */
  submits(form: Record<string, unknown>): Promise<string>;
  /** A button by its label, newest first. */
  button(label: string): Button | undefined;
  /** Everything this window shows, oldest first. */
  texts(): string[];
  last(): string;
  lastCard(): Card | null;
  /** The file of the last message, if it is one. */
  lastFile(): Extract<Reply, { type: 'file' }> | null;
}

/** A chat as one person sits in it. */
interface Room {
  readonly id: string;
  readonly messenger: string;
  readonly isGroup: boolean;
  /** Oldest first. */
  shown(): Shown[];
  now(): string;
  nextId(): string;
  readonly handle: Handler;
  /** Resolves when the bot has sent and carried out everything. */
  settle(): Promise<void>;
  onChanged(card: Reply): void;
}

/** The window of the person with this account in a room. */
export function openWindow(sender: Sender, room: Room): Window {
  const chat = { id: room.id, type: room.isGroup ? 'group' : 'private' } as const;
  const shown = (): Shown[] => room.shown();
  const cards = () =>
    shown().flatMap(({ id: key, reply }) => (reply.type === 'card' ? [{ key, card: reply.card }] : []));
  let lastId = '';
  const deliver = async (message: { text: string; files: readonly IncomingFile[] }) => {
    const before = shown().length;
    lastId = room.nextId();
    await room.handle({
      type: 'message',
      messenger: room.messenger,
      id: lastId,
      at: room.now(),
      sender,
      chat,
      ...message,
    });
    await room.settle();
    const answer = shown().slice(before);
    return answer.map(({ reply }) => plainText(reply)).join('\n');
  };
  const act = async (key: string, press: unknown, form: Record<string, unknown>) => {
    const before = shown().length;
    const answer = await room.handle({
      type: 'action',
      messenger: room.messenger,
      id: room.nextId(),
      at: room.now(),
      sender,
      chat,
      messageId: key,
      press,
      form,
    });
    await room.settle();
    if (answer === null) return '';
    const message = shown().find((one) => one.id === key);
    if (answer.card !== null && message !== undefined) {
      message.reply = answer.card;
      room.onChanged(answer.card);
    }
    const below = shown().slice(before);
    if (below.length > 0) return below.map(({ reply }) => plainText(reply)).join('\n');
    return answer.card === null ? answer.toast.text : plainText(answer.card);
  };
  const newest = (label: string) => {
    for (const { key, card } of cards().reverse()) {
      for (const block of card.blocks) {
        const found =
          block.type === 'buttons'
            ? block.buttons.find((one) => one.label === label)
            : block.type === 'form' && block.submit.label === label
              ? block.submit
              : undefined;
        if (found !== undefined) return { key, button: found };
      }
    }
    return undefined;
  };
  return {
    says: (text) => deliver({ text, files: [] }),
    said: () => lastId,
    sends: (file, words = '') => deliver({ text: words, files: [file] }),
    taps: (label) => {
      const found = newest(label);
      if (found === undefined) throw new Error(`no button ${label} in ${JSON.stringify(cards().at(-1))}`);
      return act(found.key, found.button.press, {});
    },
    presses: (press, form = {}) => act(shown().at(-1)?.id ?? 'none', press, form),
    submits: (form) => {
      for (const { key, card } of cards().reverse()) {
        const block = card.blocks.find((one) => one.type === 'form');
        if (block?.type === 'form') return act(key, block.submit.press, form);
      }
      throw new Error('no form to submit');
    },
    button: (label) => newest(label)?.button,
    texts: () => shown().map(({ reply }) => plainText(reply)),
    last: () => {
      const message = shown().at(-1);
      return message === undefined ? '' : plainText(message.reply);
    },
    lastCard: () => {
      const reply = shown().at(-1)?.reply;
      return reply?.type === 'card' ? reply.card : null;
    },
    lastFile: () => {
      const reply = shown().at(-1)?.reply;
      return reply?.type === 'file' ? reply : null;
    },
  };
}
