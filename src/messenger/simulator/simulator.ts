import type { Clock } from '../../clock.ts';
import { cadres } from '../../domain/cadre.ts';
import type { Cause, Store } from '../../store/store.ts';
import { botName, simulatorWords } from '../../texts/simulator.ts';
import type { Chat, Handler, Messenger, Sender, TapAnswer } from '../messenger.ts';
import type { Chart, Reply } from '../reply.ts';
import { appendMessage, type History, readHistory } from './history.ts';
import { type SimulatorMessage, simulatorMessages } from './messages.ts';
import type { ChatEvent } from './wire.ts';

/** The one group of the simulator. */
export const simulatorGroup = { id: 'oc_cadres', name: simulatorWords.groupName } as const;

/** The chat of one person with the bot. */
export const privateChat = (person: string): string => `p:${person}`;

/**
 * A messenger without a platform: it is its own platform, with several people in one place. A person's platform id is
 * the 工号; ids that are not on the roster are strangers and may speak, too.
 */
export interface Simulator extends Messenger {
  /**
   * Resolves when the bot has taken it. In the group only what names the bot (`@学时簿`) reaches it. `chat` is the
   * person's private chat unless given. @throws RangeError when the person is not in that chat
   */
  says(person: string, text: string, chat?: string): Promise<void>;
  sendsFile(person: string, file: { name: string; bytes: Uint8Array }, chat?: string): Promise<void>;
  /** A tap on a card of message `messageId`. @throws RangeError when there is no such message */
  taps(person: string, messageId: string, press: unknown, form?: Record<string, unknown>): Promise<TapAnswer | null>;
  history(chat: string, before?: number): Promise<History>;
  message(id: string): Promise<SimulatorMessage | undefined>;
  /** @returns a function that ends the subscription */
  subscribe(listener: (event: ChatEvent) => void): () => void;
}

const mention = new RegExp(`@${botName}[\\s\\u2005]?`, 'g');

export function createSimulator(options: {
  readonly store: Store;
  readonly clock: Clock;
  readonly renderChart: (chart: Chart) => Promise<string>;
}): Simulator {
  const { store, clock, renderChart } = options;
  const listeners = new Set<(event: ChatEvent) => void>();
  let handler: Handler | null = null;

  const emit = (event: ChatEvent): void => {
    for (const listener of listeners) listener(event);
  };
  const causedBy = (actor: string, what: string, ref: string): Cause => ({
    actor,
    via: 'simulator',
    what,
    ref,
    at: clock.now(),
  });
  const running = (): Handler => {
    if (handler === null) throw new Error(simulatorWords.notStarted);
    return handler;
  };
  const senderOf = async (person: string): Promise<Sender> => {
    const cadre = await store.read((view) => view.get(cadres, person));
    return { id: person, userId: person, name: cadre?.name ?? null, privateChat: privateChat(person) };
  };
  const chartsOf = async (reply: Reply): Promise<string[]> => {
    const blocks = reply.type === 'card' ? reply.card.blocks : [];
    return Promise.all(blocks.flatMap((block) => (block.type === 'chart' ? [renderChart(block)] : [])));
  };

  async function deliver(
    person: string,
    chat: Chat,
    said: { text: string; files: SimulatorMessage['files'] },
  ): Promise<void> {
    const handle = running();
    const sender = await senderOf(person);
    const message = await store.transaction(causedBy(person, 'says', chat.id), (tx) =>
      appendMessage(tx, { chat: chat.id, from: { id: person, name: sender.name }, ...said }),
    );
    emit({ type: 'message', message });
    if (chat.type === 'group' && !said.text.includes(`@${botName}`)) return;
    const text = chat.type === 'group' ? said.text.replace(mention, '').trim() : said.text;
    await handle({
      type: 'message',
      messenger: 'simulator',
      id: message.id,
      at: message.at,
      sender,
      chat,
      text,
      files: said.files,
    });
  }

  return {
    name: 'simulator',
    // What was sent is kept for good, so that the same key never doubles a message.
    idempotencyMs: 365 * 86_400_000,
    rate: { perTarget: 1000, total: 1000 },

    async start(given) {
      handler = given;
    },
    async stop() {
      handler = null;
    },
    status: () => (handler === null ? { ready: false, reason: simulatorWords.notStarted } : { ready: true }),

    async send(to, reply, key, options) {
      if (handler === null) return { ok: false, retry: true, afterMs: 1000, reason: simulatorWords.notStarted };
      const chat = chatOf(to.type === 'person' ? privateChat(to.id) : to.id);
      if (chat === null) return { ok: false, retry: false, reason: simulatorWords.noSuchChat };
      const charts = await chartsOf(reply);
      const sent = await store.transaction(causedBy('system', 'send', key), async (tx) => {
        const { rows } = await tx.find(simulatorMessages, { index: 'byKey', equals: [key], limit: 1 });
        if (rows[0] !== undefined) return { message: rows[0], again: true };
        const urgent = options?.urgent === true ? { urgent: true } : {};
        const said = { chat: chat.id, from: null, reply, charts, key, ...urgent };
        return { message: await appendMessage(tx, said), again: false };
      });
      if (!sent.again) emit({ type: 'message', message: sent.message });
      return { ok: true, messageId: sent.message.id };
    },

    async says(person, text, chat = privateChat(person)) {
      await deliver(person, chatFor(person, chat), { text, files: [] });
    },

    async sendsFile(person, { name, bytes }, chat = privateChat(person)) {
      const blob = await store.blobs.put(bytes);
      const said = { text: '', files: [{ name, blob, size: bytes.byteLength }] };
      await deliver(person, chatFor(person, chat), said);
    },

    async taps(person, messageId, press, form = {}) {
      const handle = running();
      const message = await this.message(messageId);
      const chat = message && chatOf(message.chat);
      if (!chat) throw new RangeError(simulatorWords.noSuchMessage);
      const cause = causedBy(person, 'taps', messageId);
      const tap = await store.transaction(cause, (tx) => tx.nextNumber('simulator-tap'));
      const answer = await handle({
        type: 'action',
        messenger: 'simulator',
        id: `${messageId}:${tap}:${person}`,
        at: cause.at,
        sender: await senderOf(person),
        chat,
        messageId,
        press,
        form,
      });
      const card = answer?.card;
      if (!card) return answer;
      const charts = await chartsOf(card);
      const changed = await store.transaction(cause, async (tx) => {
        const shown = await tx.get(simulatorMessages, messageId);
        if (shown === undefined) return undefined;
        const next = { ...shown, reply: card, charts, revision: shown.revision + 1 };
        await tx.put(simulatorMessages, next);
        return next;
      });
      if (changed !== undefined) emit({ type: 'changed', message: changed });
      return answer;
    },

    history: (chat, before) => store.read((view) => readHistory(view, chat, before)),
    message: (id) => store.read((view) => view.get(simulatorMessages, id)),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function chatOf(id: string): Chat | null {
  if (id === simulatorGroup.id) return { id, type: 'group' };
  return id.startsWith('p:') && id.length > 2 ? { id, type: 'private' } : null;
}

/** The chats that a person is in: the own one and the group. */
function chatFor(person: string, id: string): Chat {
  const chat = chatOf(id);
  if (chat === null || (chat.type === 'private' && id !== privateChat(person))) {
    throw new RangeError(simulatorWords.noSuchChat);
  }
  return chat;
}
