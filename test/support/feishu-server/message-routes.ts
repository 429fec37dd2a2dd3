import { z } from 'zod';
import { done, invalidField, Refusal } from './answers.ts';
import type { App } from './app.ts';
import type { Callbacks } from './callbacks.ts';
import type { Message, Messages } from './messages.ts';
import { type IdType, idOf, type People } from './people.ts';
import { type ApiCall, bodyAs, type Route, route } from './routes.ts';

const uuid = z.string().max(50).optional();
const draft = z.object({ msg_type: z.string(), content: z.string(), uuid });
const sending = draft.extend({ receive_id: z.string().min(1) });
const patching = z.object({ content: z.string() });
const urging = z.object({ user_id_list: z.array(z.string()).min(1).max(200) });
const ephemeral = z.object({
  chat_id: z.string(),
  open_id: z.string(),
  msg_type: z.literal('interactive'),
  card: z.unknown(),
});
const delayed = z.object({ token: z.string(), card: z.unknown() });
const receiveIdTypes = ['open_id', 'union_id', 'user_id', 'email', 'chat_id'];

interface Parts {
  readonly app: App;
  readonly people: People;
  readonly messages: Messages;
  readonly callbacks: Callbacks;
}

/** im/v1/messages and what stands beside it. */
export function messageRoutes({ app, people, messages, callbacks }: Parts): readonly Route[] {
  const sendScopes = ['im:message', 'im:message:send_as_bot'];
  const shown = (message: Message) => done(apiMessage(app, message));
  const idOfPath = (call: ApiCall): string => call.path('message_id');
  return [
    route('POST', '/open-apis/im/v1/messages', sendScopes, (call) => {
      const type = call.query.get('receive_id_type');
      if (type === null || !receiveIdTypes.includes(type)) throw invalidField('receive_id_type', 'is required');
      const { receive_id: receiveId, ...said } = bodyAs(sending, call);
      return shown(messages.send(type, receiveId, said));
    }),
    route('POST', '/open-apis/im/v1/messages/:message_id/reply', sendScopes, (call) =>
      shown(messages.reply(idOfPath(call), bodyAs(draft, call))),
    ),
    route('PUT', '/open-apis/im/v1/messages/:message_id', sendScopes, (call) =>
      shown(messages.edit(idOfPath(call), bodyAs(draft, call))),
    ),
    route('PATCH', '/open-apis/im/v1/messages/:message_id', ['im:message', 'im:message:update'], (call) => {
      messages.patch(idOfPath(call), bodyAs(patching, call).content);
      return done();
    }),
    route('PATCH', '/open-apis/im/v1/messages/:message_id/urgent_app', ['im:message.urgent'], (call) => {
      const type = (call.query.get('user_id_type') ?? 'open_id') as IdType;
      const { user_id_list: ids } = bodyAs(urging, call);
      const named = ids.map((id) => people.find(type, id) ?? id);
      const invalid = new Set(messages.urge(idOfPath(call), named));
      const back = named.flatMap((one) =>
        typeof one === 'string' ? [one] : invalid.has(one.openId) ? [idOf(one, type)] : [],
      );
      return done({ invalid_user_id_list: back });
    }),
    route('POST', '/open-apis/ephemeral/v1/send', sendScopes, (call) => {
      const { chat_id: chatId, open_id: openId, card } = bodyAs(ephemeral, call);
      return done({ message_id: messages.sendOnlyFor(chatId, openId, card).messageId });
    }),
    route('POST', '/open-apis/interactive/v1/card/update', sendScopes, (call) => {
      const { token, card } = bodyAs(delayed, call);
      callbacks.update(token, card);
      return done();
    }),
  ];
}

function apiMessage(app: App, message: Message): object {
  if (message.from !== null) throw new Refusal(230071);
  return {
    message_id: message.messageId,
    ...(message.parentId === null ? {} : { root_id: message.parentId, parent_id: message.parentId }),
    msg_type: message.type,
    create_time: String(message.sentAt),
    update_time: String(message.changes.at(-1)?.at ?? message.sentAt),
    deleted: message.recalled,
    updated: message.changes.length > 0,
    chat_id: message.chatId,
    sender: { id: app.appId, id_type: 'app_id', sender_type: 'app', tenant_key: app.tenantKey },
    body: { content: JSON.stringify(message.shown) },
  };
}
