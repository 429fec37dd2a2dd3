import { Refusal } from './answers.ts';
import { newId } from './app.ts';
import { acceptCard, readContent, type UploadedKeys } from './content.ts';
import type { Windows } from './limits.ts';
import type { Chat, People, Person } from './people.ts';
import type { Time } from './time.ts';

/** A later state of a message, and by which way it came. */
export interface Change {
  readonly at: number;
  readonly via: 'put' | 'patch' | 'callback' | 'delayed';
  readonly content: unknown;
  /** The answer to a tap that was still under way took this change's place. */
  undone: boolean;
}

export interface Message {
  readonly messageId: string;
  readonly chatId: string;
  /** open_id of whom a private message is to; null in a group. */
  readonly to: string | null;
  /** null: the app. */
  readonly from: string | null;
  readonly type: string;
  /** As it was sent, parsed. */
  readonly content: unknown;
  /** As it is seen now. */
  shown: unknown;
  readonly uuid: string | null;
  readonly sentAt: number;
  readonly parentId: string | null;
  readonly changes: Change[];
  readonly urgents: { readonly at: number; readonly openIds: readonly string[] }[];
  /** Only this person sees it, and only who was online then. */
  readonly onlyFor: string | null;
  readonly missed: boolean;
  recalled: boolean;
}

/** What the app says: `receive_id_type` and all that the call carries. */
export interface Draft {
  readonly msg_type: string;
  readonly content: string;
  readonly uuid?: string | undefined;
}

const uuidMs = 3_600_000;
const cardLifeMs = 14 * 86_400_000;
const mostEdits = 20;

/** Everything that was said, by the app and by people. */
export class Messages {
  readonly all: Message[] = [];
  readonly #people: People;
  readonly #time: Time;
  readonly #windows: Windows;
  readonly #uploads: UploadedKeys;
  readonly #waiting = new Set<(message: Message) => void>();

  constructor(people: People, time: Time, windows: Windows, uploads: UploadedKeys) {
    this.#people = people;
    this.#time = time;
    this.#windows = windows;
    this.#uploads = uploads;
  }

  /** Sends to whom or to which chat the call names. @throws Refusal */
  send(idType: string, receiveId: string, draft: Draft): Message {
    const chat = this.#chatFor(idType, receiveId);
    this.#mayWrite(chat);
    return this.#post(chat, draft, null);
  }

  /** @throws Refusal */
  reply(messageId: string, draft: Draft): Message {
    const parent = this.find(messageId);
    if (parent.recalled) throw new Refusal(230011);
    const chat = this.#people.chat(parent.chatId);
    this.#mayWrite(chat);
    return this.#post(chat, draft, parent.messageId);
  }

  /** A card that one member of a group sees; whoever is not online never will. @throws Refusal */
  sendOnlyFor(chatId: string, openId: string, card: unknown): Message {
    const chat = this.#chatFor('chat_id', chatId);
    this.#mayWrite(chat);
    if (chat.type !== 'group' || !chat.members.has(openId)) throw new Refusal(230001, { ext: 'invalid open_id.' });
    const content = acceptCard(card);
    const missed = !this.#people.person(openId).online;
    return this.keep({ chatId, type: 'interactive', content, onlyFor: openId, missed });
  }

  /** Edits a text. @throws Refusal */
  edit(messageId: string, draft: Draft): Message {
    const message = this.#own(messageId, 230071);
    if (!['text', 'post'].includes(message.type) || draft.msg_type !== message.type) throw new Refusal(230054);
    if (message.changes.length >= mostEdits) throw new Refusal(230072);
    this.#windows.passTarget(`message ${messageId}`);
    this.change(message, readContent(draft.msg_type, draft.content, this.#uploads), 'put');
    return message;
  }

  /** Puts another card in the place of the one that was sent. @throws Refusal */
  patch(messageId: string, content: string): void {
    const message = this.#own(messageId, 230071);
    if (message.type !== 'interactive' || message.onlyFor !== null) throw new Refusal(230054);
    if (this.#time.now() - message.sentAt > cardLifeMs) throw new Refusal(230031);
    this.#windows.passTarget(`message ${messageId}`);
    const card = readContent('interactive', content, this.#uploads);
    if (!isShared(message.shown) || !isShared(card))
      throw new Refusal(230001, { ext: 'the card is not a shared card.' });
    this.change(message, card, 'patch');
  }

  /** Insists that people read it. @throws Refusal */
  urge(messageId: string, people: readonly (Person | string)[]): readonly string[] {
    const message = this.#own(messageId, 230012);
    const chat = this.#people.chat(message.chatId);
    this.#mayWrite(chat);
    const valid = people.filter((one) => typeof one !== 'string' && chat.members.has(one.openId)) as Person[];
    if (valid.length === 0) throw new Refusal(230001, { ext: 'all user ids are invalid.' });
    message.urgents.push({ at: this.#time.now(), openIds: valid.map(({ openId }) => openId) });
    return people.flatMap((one) =>
      typeof one === 'string' ? [one] : chat.members.has(one.openId) ? [] : [one.openId],
    );
  }

  /** Keeps what somebody says, or what was sent and passed. */
  keep(
    said: Pick<Message, 'chatId' | 'type' | 'content'> &
      Partial<Pick<Message, 'from' | 'uuid' | 'parentId' | 'onlyFor' | 'missed'>>,
  ): Message {
    const message: Message = {
      messageId: newId('om_'),
      to: this.#people.partnerIn(this.#people.chat(said.chatId))?.openId ?? null,
      from: null,
      shown: said.content,
      uuid: null,
      sentAt: this.#time.now(),
      parentId: null,
      changes: [],
      urgents: [],
      onlyFor: null,
      missed: false,
      recalled: false,
      ...said,
    };
    this.all.push(message);
    for (const tell of this.#waiting) tell(message);
    return message;
  }

  change(message: Message, content: unknown, via: Change['via']): void {
    message.changes.push({ at: this.#time.now(), via, content, undone: false });
    message.shown = content;
  }

  /** @throws Refusal */
  find(messageId: string): Message {
    const message = this.all.find((one) => one.messageId === messageId);
    if (message === undefined) throw new Refusal(99992354);
    return message;
  }

  /** The first message of the app that `matches`, those that are there already included. */
  arrival(matches: (message: Message) => boolean): Promise<Message> {
    const there = this.all.find((message) => message.from === null && matches(message));
    if (there !== undefined) return Promise.resolve(there);
    return new Promise((resolve) => {
      const tell = (message: Message): void => {
        if (message.from !== null || !matches(message)) return;
        this.#waiting.delete(tell);
        resolve(message);
      };
      this.#waiting.add(tell);
    });
  }

  #post(chat: Chat, draft: Draft, parentId: string | null): Message {
    this.#windows.passTarget(`chat ${chat.chatId}`);
    const content = readContent(draft.msg_type, draft.content, this.#uploads);
    const earliest = this.#time.now() - uuidMs;
    const same = this.all.find(({ uuid, sentAt }) => uuid !== null && uuid === draft.uuid && sentAt > earliest);
    const uuid = draft.uuid === undefined || draft.uuid === '' ? null : draft.uuid;
    return same ?? this.keep({ chatId: chat.chatId, type: draft.msg_type, content, uuid, parentId });
  }

  /** The app's own, still there. `stranger` is the code for another's. */
  #own(messageId: string, stranger: number): Message {
    const message = this.find(messageId);
    if (message.from !== null) throw new Refusal(stranger);
    if (message.recalled) throw new Refusal(230011);
    return message;
  }

  #chatFor(idType: string, id: string): Chat {
    if (idType === 'chat_id') {
      if (!id.startsWith('oc_')) throw new Refusal(230001, { ext: 'invalid receive_id.' });
      const chat = this.#people.findChat(id);
      if (chat === undefined) throw new Refusal(230002);
      return chat;
    }
    if (idType === 'open_id' && !id.startsWith('ou_')) throw new Refusal(230001, { ext: 'invalid receive_id.' });
    if (idType === 'open_id' && this.#people.foreign.has(id)) throw new Refusal(99992361);
    const person = this.#people.find(idType as 'open_id' | 'email', id);
    if (person === undefined) throw new Refusal(idType === 'open_id' ? 99992351 : 230034);
    return this.#people.chat(person.privateChat);
  }

  #mayWrite(chat: Chat): void {
    if (chat.dissolved) throw new Refusal(232009);
    if (!chat.botIsIn) throw new Refusal(230002);
    const partner = this.#people.partnerIn(chat);
    if (partner?.resigned === true) throw new Refusal(230029);
    if (partner?.available === false) throw new Refusal(230013);
    if (partner?.botStopped === true) throw new Refusal(230053);
  }
}

const isShared = (card: unknown): boolean =>
  (card as { config?: { update_multi?: unknown } } | null)?.config?.update_multi === true;
