import { newId } from './app.ts';

/** Somebody in the tenant. The fields that change are set by tests. */
export interface Person {
  readonly openId: string;
  readonly unionId: string;
  readonly userId: string;
  name: string;
  mobile: string | null;
  email: string | null;
  /** Names of departments. */
  departments: readonly string[];
  /** Inside the app's 可用范围. */
  available: boolean;
  resigned: boolean;
  /** The person has switched the bot's messages off. */
  botStopped: boolean;
  /** Those who are not online never see a card that only they could see. */
  online: boolean;
  readonly privateChat: string;
}

export type NewPerson = Pick<Person, 'name'> & Partial<Omit<Person, 'privateChat'>>;

export interface Chat {
  readonly chatId: string;
  readonly type: 'group' | 'p2p';
  name: string;
  readonly members: Set<string>;
  botIsIn: boolean;
  dissolved: boolean;
}

export type IdType = 'open_id' | 'union_id' | 'user_id';

/** Who and what there is: people, departments, chats. */
export class People {
  readonly #people = new Map<string, Person>();
  readonly #chats = new Map<string, Chat>();
  readonly #departments = new Map<string, string>();
  /** open_ids that another app has given out. */
  readonly foreign = new Set<string>();

  add(given: NewPerson): Person {
    const openId = given.openId ?? newId('ou_');
    const person: Person = {
      unionId: newId('on_'),
      userId: newId('').slice(0, 8),
      mobile: null,
      email: null,
      departments: [],
      available: true,
      resigned: false,
      botStopped: false,
      online: true,
      ...given,
      openId,
      privateChat: newId('oc_'),
    };
    for (const name of person.departments) this.departmentId(name);
    this.#people.set(openId, person);
    this.addChat({ chatId: person.privateChat, name: '', type: 'p2p', members: [openId] });
    return person;
  }

  addChat(given: {
    chatId?: string;
    name: string;
    type?: Chat['type'];
    members?: readonly string[];
    botIsIn?: boolean;
  }): Chat {
    const chat: Chat = {
      chatId: given.chatId ?? newId('oc_'),
      type: given.type ?? 'group',
      name: given.name,
      members: new Set(given.members),
      botIsIn: given.botIsIn ?? true,
      dissolved: false,
    };
    this.#chats.set(chat.chatId, chat);
    return chat;
  }

  /** One department for a name; made when it is first named. */
  departmentId(name: string): string {
    const known = this.#departments.get(name);
    if (known !== undefined) return known;
    const id = newId('od-');
    this.#departments.set(name, id);
    return id;
  }

  departments(): readonly { readonly id: string; readonly name: string }[] {
    return [...this.#departments].map(([name, id]) => ({ id, name }));
  }

  all(): readonly Person[] {
    return [...this.#people.values()];
  }

  chats(): readonly Chat[] {
    return [...this.#chats.values()];
  }

  /** @throws Error when a test speaks of somebody it has not added */
  person(openId: string): Person {
    const person = this.#people.get(openId);
    if (person === undefined) throw new Error(`nobody with open_id ${openId} was added`);
    return person;
  }

  /** @throws Error when a test speaks of a chat it has not added */
  chat(chatId: string): Chat {
    const chat = this.#chats.get(chatId);
    if (chat === undefined) throw new Error(`no chat ${chatId} was added`);
    return chat;
  }

  findChat(chatId: string): Chat | undefined {
    return this.#chats.get(chatId);
  }

  find(type: IdType | 'email', id: string): Person | undefined {
    return this.all().find(
      (person) =>
        ({ open_id: person.openId, union_id: person.unionId, user_id: person.userId, email: person.email })[type] ===
        id,
    );
  }

  /** The person with whom the bot alone is in a chat. */
  partnerIn(chat: Chat): Person | undefined {
    return chat.type === 'p2p' ? this.#people.get([...chat.members][0] ?? '') : undefined;
  }
}

export const idOf = (person: Person, type: IdType): string =>
  ({ open_id: person.openId, union_id: person.unionId, user_id: person.userId })[type];
