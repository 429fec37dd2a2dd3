import type { SimulatorMessage } from '../messages.ts';
import type { ChatEvent, ChatView, Chip, ClockView, DeskEvent, PageState, Person } from '../wire.ts';

/** What the page knows; changed by `reduce` alone. */
export interface Model {
  readonly connection: 'loading' | 'live' | 'lost';
  readonly clock: ClockView | null;
  /** `performance.now()` when `clock` arrived: from there it ticks on by itself. */
  readonly clockAt: number;
  readonly people: readonly Person[];
  readonly group: PageState['group'];
  readonly sample: boolean;
  /** Chats that a first visit opens. */
  readonly first: readonly string[];
  /** Chats that have a window, in order. */
  readonly open: readonly string[];
  /** The window that was touched last; on a phone the only one shown. */
  readonly active: string;
  readonly chats: Readonly<Record<string, ChatLog>>;
  /** New messages of the bot by chat, those without a window included. */
  readonly unread: Readonly<Record<string, number>>;
  /** How often the sample was rebuilt under the page. */
  readonly resets: number;
  /** Grows whenever something behind the chats may have changed. */
  readonly backstage: number;
  /** Chats in which the bot owes an answer. */
  readonly waiting: readonly string[];
}

export interface ChatLog {
  readonly messages: readonly SimulatorMessage[];
  readonly earlier: boolean;
  readonly chips: readonly Chip[];
}

/** What the server tells, except that all is new. */
export type ModelEvent = ChatEvent | Extract<DeskEvent, { type: 'clock' }> | { readonly type: 'backstage' };

export type Action =
  | { readonly type: 'loaded'; readonly state: PageState; readonly open: readonly string[]; readonly at: number }
  | { readonly type: 'chat'; readonly id: string; readonly view: ChatView }
  | { readonly type: 'earlier'; readonly id: string; readonly view: ChatView }
  | { readonly type: 'chips'; readonly id: string; readonly chips: readonly Chip[] }
  | { readonly type: 'event'; readonly event: ModelEvent; readonly at: number }
  | { readonly type: 'reset' }
  | { readonly type: 'connection'; readonly connection: Model['connection'] }
  | { readonly type: 'open' | 'close' | 'activate'; readonly id: string }
  | { readonly type: 'waiting'; readonly id: string; readonly on: boolean };

export const emptyModel: Model = {
  connection: 'loading',
  clock: null,
  clockAt: 0,
  people: [],
  group: { id: '', name: '' },
  sample: false,
  first: [],
  open: [],
  active: '',
  chats: {},
  unread: {},
  resets: 0,
  backstage: 0,
  waiting: [],
};

export function reduce(model: Model, action: Action): Model {
  switch (action.type) {
    case 'loaded': {
      const { clock, people, group, sample, windows: first } = action.state;
      const open = action.open.length > 0 ? action.open : first;
      const active = open.includes(model.active) ? model.active : (open[0] ?? '');
      const fresh = { chats: {}, unread: {}, waiting: [], connection: 'live', backstage: model.backstage + 1 } as const;
      return { ...model, ...fresh, clock, clockAt: action.at, people, group, sample, first, open, active };
    }
    case 'chat':
      return withChat(model, action.id, { ...action.view, messages: merge(model, action.id, action.view) });
    case 'earlier': {
      const log = model.chats[action.id];
      if (log === undefined) return model;
      const messages = merge(model, action.id, action.view);
      return withChat(model, action.id, { ...log, messages, earlier: action.view.earlier });
    }
    case 'chips': {
      const log = model.chats[action.id];
      return log === undefined ? model : withChat(model, action.id, { ...log, chips: action.chips });
    }
    case 'event':
      return applyEvent(model, action.event, action.at);
    case 'reset':
      return { ...model, chats: {}, resets: model.resets + 1 };
    case 'connection':
      return { ...model, connection: action.connection };
    case 'open':
      return activate(
        { ...model, open: model.open.includes(action.id) ? model.open : [...model.open, action.id] },
        action.id,
      );
    case 'close': {
      const open = model.open.filter((id) => id !== action.id);
      return { ...model, open, active: model.active === action.id ? (open[0] ?? '') : model.active };
    }
    case 'activate':
      return activate(model, action.id);
    case 'waiting': {
      const others = model.waiting.filter((id) => id !== action.id);
      return { ...model, waiting: action.on ? [...others, action.id] : others };
    }
  }
}

function applyEvent(model: Model, event: ModelEvent, at: number): Model {
  if (event.type === 'clock') return { ...model, clock: event.clock, clockAt: at };
  if (event.type === 'backstage') return { ...model, backstage: model.backstage + 1 };
  const { message } = event;
  const log = model.chats[message.chat];
  const next = log
    ? withChat(model, message.chat, { ...log, messages: merge(model, message.chat, { messages: [message] }) })
    : model;
  if (event.type === 'changed' || message.from !== null) return next;
  const waiting = next.waiting.filter((id) => id !== message.chat);
  if (message.chat === next.active) return { ...next, waiting };
  return { ...next, waiting, unread: { ...next.unread, [message.chat]: (next.unread[message.chat] ?? 0) + 1 } };
}

const activate = (model: Model, id: string): Model => {
  const { [id]: _, ...unread } = model.unread;
  return { ...model, active: id, unread };
};

const withChat = (model: Model, id: string, log: ChatLog): Model => ({
  ...model,
  chats: { ...model.chats, [id]: log },
});

/** By number, the newer state of a message winning: events and answers overtake each other. */
function merge(model: Model, chat: string, { messages }: Pick<ChatView, 'messages'>): SimulatorMessage[] {
  const byNumber = new Map<number, SimulatorMessage>();
  for (const message of [...(model.chats[chat]?.messages ?? []), ...messages]) {
    const known = byNumber.get(message.n);
    if (known === undefined || known.revision <= message.revision) byNumber.set(message.n, message);
  }
  return [...byNumber.values()].sort((a, b) => a.n - b.n);
}

/** Name, line below and the letter of the avatar of a chat's window. */
export function describeChat(model: Model, id: string): { name: string; about: string; person: Person | null } {
  if (id === model.group.id) return { name: model.group.name, about: '', person: null };
  const person = model.people.find((candidate) => `p:${candidate.id}` === id) ?? null;
  return person === null
    ? { name: id.slice(2), about: '', person }
    : { name: person.name, about: [person.unit, person.position].filter(Boolean).join(' · '), person };
}
