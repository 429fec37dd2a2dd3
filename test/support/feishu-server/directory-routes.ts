import { z } from 'zod';
import { scopesToImport } from '../../../src/messenger/feishu/scopes.ts';
import { type Answer, done, invalidField, Refusal } from './answers.ts';
import type { App } from './app.ts';
import { statusOf, userObject } from './events.ts';
import { type Chat, type IdType, idOf, type People, type Person } from './people.ts';
import { type ApiCall, bodyAs, type Route, route } from './routes.ts';

const lookUp = z.object({
  emails: z.array(z.string()).max(50).optional(),
  mobiles: z.array(z.string()).max(50).optional(),
  include_resigned: z.boolean().optional(),
});

const chatScopes = ['im:chat:readonly'];
const baseScopes = ['contact:contact.base:readonly', 'contact:user.base:readonly'];
const departmentScopes = ['contact:contact.base:readonly', 'contact:department.base:readonly'];

/** Chats, people, departments, and what the app may do. */
export function directoryRoutes(app: App, people: People): readonly Route[] {
  const department = (id: string): object => {
    const found = people.departments().find((one) => one.id === id);
    if (found === undefined) throw new Refusal(43007);
    return departmentObject(found);
  };
  return [
    route('GET', '/open-apis/im/v1/chats', chatScopes, (call) => {
      const groups = people.chats().filter(({ type, botIsIn, dissolved }) => type === 'group' && botIsIn && !dissolved);
      return page(
        call,
        100,
        groups.map((chat) => ({ chat_id: chat.chatId, ...chatObject(app, chat) })),
      );
    }),
    route('GET', '/open-apis/im/v1/chats/:chat_id', chatScopes, (call) => {
      const chat = people.findChat(call.path('chat_id'));
      if (chat === undefined) throw new Refusal(232006);
      if (!chat.botIsIn) throw new Refusal(232011);
      return done(chatObject(app, chat));
    }),
    route('GET', '/open-apis/im/v1/chats/:chat_id/members', chatScopes, (call) => {
      const chat = people.findChat(call.path('chat_id'));
      if (chat === undefined) throw new Refusal(232006);
      if (chat.dissolved) throw new Refusal(232009);
      if (!chat.botIsIn) throw new Refusal(232011);
      const type = idTypeOf(call, 'member_id_type');
      const members = [...chat.members].map((openId) => people.person(openId));
      const items = members.map((one) => ({
        member_id_type: type,
        member_id: idOf(one, type),
        name: one.name,
        tenant_key: app.tenantKey,
      }));
      return page(call, 100, items, { member_total: items.length });
    }),
    route('POST', '/open-apis/contact/v3/users/batch_get_id', ['contact:user.id:readonly'], (call) => {
      const { emails = [], mobiles = [], include_resigned: alsoGone = false } = bodyAs(lookUp, call);
      const type = idTypeOf(call, 'user_id_type');
      const found = (one: Person | undefined): object =>
        one === undefined || (one.resigned && !alsoGone) ? {} : { user_id: idOf(one, type), status: statusOf(one) };
      const byMobile = (mobile: string) => people.all().find((one) => one.mobile === mobile.replace(/^\+86/, ''));
      return done({
        user_list: [
          ...emails.map((email) => ({ email, ...found(people.find('email', email)) })),
          ...mobiles.map((mobile) => ({ mobile, ...found(byMobile(mobile)) })),
        ],
      });
    }),
    route('GET', '/open-apis/contact/v3/users/:user_id', baseScopes, (call) => {
      const person = people.find(idTypeOf(call, 'user_id_type'), call.path('user_id'));
      if (person === undefined) throw new Refusal(41012);
      return done({ user: userObject(app, person, departmentIds(people, person)) });
    }),
    route('GET', '/open-apis/contact/v3/departments/batch', departmentScopes, (call) =>
      done({ items: call.query.getAll('department_ids').map(department) }),
    ),
    route('GET', '/open-apis/contact/v3/departments/:department_id', departmentScopes, (call) =>
      done({ department: department(call.path('department_id')) }),
    ),
    route('GET', '/open-apis/contact/v3/departments/:department_id/children', departmentScopes, (call) =>
      page(call, 50, call.path('department_id') === '0' ? people.departments().map(departmentObject) : []),
    ),
    route('GET', '/open-apis/contact/v3/scopes', ['contact:contact.base:readonly'], (call) =>
      done({
        department_ids: people.departments().map(({ id }) => id),
        user_ids: people.all().map((one) => idOf(one, idTypeOf(call, 'user_id_type'))),
        group_ids: [],
        has_more: false,
      }),
    ),
    route('GET', '/open-apis/application/v6/scopes', [], () =>
      done({
        scopes: [...new Set([...scopesToImport.scopes.tenant, ...app.scopes])].map((name) => scopeObject(app, name)),
      }),
    ),
    route('GET', '/open-apis/application/v6/applications/:app_id', ['application:application:self_manage'], (call) => {
      if (call.path('app_id') !== app.appId) throw new Refusal(210504);
      const { events, callbacks } = app.subscribed;
      return done({
        app: {
          app_id: app.appId,
          app_name: app.bot.name,
          event: { subscription_type: events.transport, subscribed_events: [...events.names] },
          callback: { callback_type: callbacks.transport, subscribed_callbacks: [...callbacks.names] },
        },
      });
    }),
    route('GET', '/open-apis/bot/v3/info', [], () => ({
      json: {
        code: 0,
        msg: 'ok',
        bot: { activate_status: 2, app_name: app.bot.name, avatar_url: '', ip_white_list: [], open_id: app.bot.openId },
      },
    })),
  ];
}

/** The departments of somebody, by id. */
export const departmentIds = (people: People, person: Person): readonly string[] =>
  person.departments.map((name) => people.departmentId(name));

const departmentObject = ({ id, name }: { readonly id: string; readonly name: string }): object => ({
  name,
  i18n_name: { zh_cn: name, en_us: '', ja_jp: '' },
  department_id: id.slice(3),
  open_department_id: id,
  parent_department_id: '0',
  leader_user_id: '',
  chat_id: '',
  order: '0',
  member_count: 0,
  status: { is_deleted: false },
});

const granted = 1;
const refused = 2;

const scopeObject = (app: App, name: string): object => ({
  scope_name: name,
  grant_status: app.scopes.has(name) ? granted : refused,
  scope_type: 'tenant',
});

const chatObject = (app: App, chat: Chat): object => ({
  avatar: '',
  name: chat.name,
  description: '',
  owner_id: [...chat.members][0] ?? '',
  owner_id_type: 'open_id',
  chat_mode: chat.type,
  chat_type: 'private',
  external: false,
  tenant_key: app.tenantKey,
  user_count: String(chat.members.size),
  bot_count: chat.botIsIn ? '1' : '0',
  chat_status: chat.dissolved ? 'dissolved' : 'normal',
});

function idTypeOf(call: ApiCall, parameter: string): IdType {
  const type = call.query.get(parameter) ?? 'open_id';
  if (type !== 'open_id' && type !== 'union_id' && type !== 'user_id')
    throw invalidField(parameter, 'is not an id type');
  return type;
}

/** A page of a list: `page_size` up to `most`, `page_token` is where the last one ended. */
function page(call: ApiCall, most: number, items: readonly object[], more: object = {}): Answer {
  const size = Number(call.query.get('page_size') ?? 20);
  if (!Number.isInteger(size) || size < 1 || size > most) throw invalidField('page_size', `must be at most ${most}`);
  const from = Number(call.query.get('page_token') || 0);
  const next = from + size;
  const hasMore = next < items.length;
  return done({
    items: items.slice(from, next),
    page_token: hasMore ? String(next) : '',
    has_more: hasMore,
    ...more,
  });
}
