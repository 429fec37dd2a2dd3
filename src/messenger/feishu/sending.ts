import type { Blobs } from '../../store/store.ts';
import { feishuTexts as texts } from '../../texts/feishu.ts';
import type { Address, Messenger, SendOutcome } from '../messenger.ts';
import { plainText, type Reply } from '../reply.ts';
import type { Content, FeishuApi, Receiver } from './api.ts';
import { FeishuApiError } from './api-error.ts';
import { renderReply } from './card/render.ts';
import type { PrivateChats } from './events.ts';
import { FeishuFileError, uploadFile } from './files.ts';
import { outcomeOf, reasonOf, uuidOf } from './outcome.ts';
import { personOfChat } from './private-chats.ts';

export interface SendingParts {
  readonly api: Pick<FeishuApi, 'send' | 'urge' | 'uploadFile' | 'uploadImage'>;
  readonly blobs: Blobs;
  readonly privateChats: Pick<PrivateChats, 'remember'>;
  /** Waits for the turn of a receiver; a reply of several parts takes several. */
  readonly pace: (receiver: string) => Promise<void>;
  readonly random: () => number;
  readonly log: { warn(fields: object, message: string): void; error(fields: object, message: string): void };
}

/** Cards that the platform cannot build, or that are too large for it: the words still arrive. */
const unbuildable = new Set([230_099, 230_025]);
/** Parts of the plain text are told from the parts of the card that it stands for. */
const plainParts = 100;

interface Sent {
  readonly messageId: string;
  readonly chatId: string;
}

/** Sends replies: each part with an idempotency key of its own, so that a retry repeats none of them. */
export function createSending(parts: SendingParts): Messenger['send'] {
  const { api, blobs, privateChats, pace, random, log } = parts;
  const underWay = new Map<string, Promise<SendOutcome>>();

  /** The contents of a reply; what has to be uploaded is uploaded before its first words are sent. */
  async function contentsOf(reply: Reply): Promise<readonly Content[]> {
    switch (reply.type) {
      case 'text':
      case 'card':
        return renderReply(reply);
      case 'document':
        throw new FeishuFileError(texts.notADocument);
      case 'file': {
        const file = await uploadFile({ api, blobs }, reply);
        // A file carries no words on this platform: they go before it.
        return reply.caption === '' ? [file] : [...renderReply({ type: 'text', text: reply.caption }), file];
      }
    }
  }

  /** @returns the first message, to which the others belong */
  async function sendAll(to: Receiver, contents: readonly Content[], key: string, firstPart = 0): Promise<Sent> {
    let first: Sent | null = null;
    for (const [part, content] of contents.entries()) {
      await pace(to.id);
      try {
        const sent = await api.send(to, content, uuidOf(key, firstPart + part));
        first ??= sent;
      } catch (fault) {
        throw part === 0 ? fault : new PartlySent(part, contents.length, fault);
      }
    }
    if (first === null) throw new Error('nothing to send');
    return first;
  }

  async function sendReply(to: Receiver, reply: Reply, key: string): Promise<Sent> {
    try {
      return await sendAll(to, await contentsOf(reply), key);
    } catch (fault) {
      if (reply.type !== 'card' || !(fault instanceof FeishuApiError) || !unbuildable.has(fault.code ?? 0)) throw fault;
      log.error({ key, ...detailsOf(fault) }, 'feishu could not build a card');
      return sendAll(to, renderReply({ type: 'text', text: plainText(reply) }), key, plainParts);
    }
  }

  /** Nothing that comes after a message has arrived may make it fail. */
  async function follow(to: Receiver, { messageId, chatId }: Sent, isUrgent: boolean): Promise<void> {
    if (to.type !== 'open_id') return;
    const attempt = async (what: string, work: () => Promise<void>): Promise<void> => {
      await work().catch((fault: unknown) => log.warn({ messageId, ...detailsOf(fault) }, what));
    };
    if (chatId !== '') await attempt('private chat not remembered', () => privateChats.remember(chatId, to.id));
    if (!isUrgent) return;
    await attempt('feishu did not urge', async () => {
      const refused = await api.urge(messageId, [to.id]);
      if (refused.length > 0) log.warn({ messageId }, 'feishu did not urge');
    });
  }

  async function deliver(address: Address, reply: Reply, key: string, isUrgent: boolean): Promise<SendOutcome> {
    const to = receiverOf(address);
    try {
      const sent = await sendReply(to, reply, key);
      await follow(to, sent, isUrgent);
      return { ok: true, messageId: sent.messageId };
    } catch (fault) {
      const cause = fault instanceof PartlySent ? fault.cause : fault;
      if (cause instanceof FeishuFileError) return { ok: false, retry: false, reason: cause.message };
      if (!(cause instanceof FeishuApiError)) throw cause;
      log.warn({ key, ...detailsOf(cause) }, 'feishu did not take a message');
      const outcome = outcomeOf(cause, random);
      if (outcome.retry || !(fault instanceof PartlySent)) return outcome;
      return { ...outcome, reason: texts.onlyPartly(fault.sent, fault.parts, reasonOf(cause)) };
    }
  }

  return (to, reply, key, options) => {
    const running = underWay.get(key);
    if (running !== undefined) return running;
    const sending = deliver(to, reply, key, options?.urgent === true).finally(() => underWay.delete(key));
    underWay.set(key, sending);
    return sending;
  };
}

/** Some parts have arrived, and then one did not. */
class PartlySent extends Error {
  readonly sent: number;
  readonly parts: number;
  constructor(sent: number, parts: number, cause: unknown) {
    super('partly sent', { cause });
    this.sent = sent;
    this.parts = parts;
  }
}

/** A person's private chat has no id that we could rely on: it is reached by the person. */
function receiverOf(address: Address): Receiver {
  const openId = address.type === 'person' ? address.id : personOfChat(address.id);
  return openId === null ? { type: 'chat_id', id: address.id } : { type: 'open_id', id: openId };
}

/** For the operator: what the platform said, never what was sent. */
function detailsOf(fault: unknown): object {
  if (!(fault instanceof FeishuApiError)) return { err: fault };
  const { fault: kind, code, status, path, msg, logId, mayHaveArrived } = fault;
  return { kind, code, status, path, msg, logId, mayHaveArrived };
}
