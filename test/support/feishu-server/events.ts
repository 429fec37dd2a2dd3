import { type App, newId } from './app.ts';
import type { Message } from './messages.ts';
import type { Person } from './people.ts';

/** An event or a callback, version 2.0. */
export interface Envelope {
  readonly schema: '2.0';
  readonly header: {
    readonly event_id: string;
    readonly event_type: string;
    readonly create_time: string;
    readonly token: string;
    readonly app_id: string;
    readonly tenant_key: string;
  };
  readonly event: object;
}

/** `now` in milliseconds; the header of a callback counts microseconds. */
export function envelope(app: App, eventType: string, now: number, event: object): Envelope {
  return {
    schema: '2.0',
    header: {
      event_id: newId(''),
      event_type: eventType,
      create_time: String(eventType === 'card.action.trigger' ? now * 1000 : now),
      token: app.verificationToken,
      app_id: app.appId,
      tenant_key: app.tenantKey,
    },
    event,
  };
}

/** All three ids of somebody; user_id only where the app may see it. */
export const idsOf = (app: App, person: Person): object => ({
  open_id: person.openId,
  union_id: person.unionId,
  ...(app.scopes.has('contact:user.employee_id:readonly') ? { user_id: person.userId } : {}),
});

export interface Mention {
  readonly key: string;
  readonly id: object;
  readonly mentioned_type: 'user' | 'bot';
  readonly name: string;
  readonly tenant_key: string;
}

export const messageEvent = (
  app: App,
  message: Message,
  chatType: 'p2p' | 'group',
  sender: { readonly id: object; readonly type: 'user' | 'bot' },
  mentions: readonly Mention[],
): object => ({
  sender: { sender_id: sender.id, sender_type: sender.type, tenant_key: app.tenantKey },
  message: {
    message_id: message.messageId,
    ...(message.parentId === null ? {} : { root_id: message.parentId, parent_id: message.parentId }),
    create_time: String(message.sentAt),
    update_time: String(message.sentAt),
    chat_id: message.chatId,
    chat_type: chatType,
    message_type: message.type,
    content: JSON.stringify(message.content),
    ...(mentions.length === 0 ? {} : { mentions }),
  },
});

/** Somebody as the address book tells of them in an event or to a call. */
export const userObject = (app: App, person: Person, departmentIds: readonly string[]): object => ({
  ...idsOf(app, person),
  name: person.name,
  en_name: '',
  ...(person.email === null ? {} : { email: person.email }),
  ...(person.mobile === null ? {} : { mobile: `+86${person.mobile}` }),
  department_ids: departmentIds,
  status: statusOf(person),
});

export const statusOf = (person: Person): object => ({
  is_frozen: false,
  is_resigned: person.resigned,
  is_activated: true,
  is_exited: false,
  is_unjoin: false,
});
