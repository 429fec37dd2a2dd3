import type { Readable } from 'node:stream';
import { z } from 'zod';
import type { Contact } from '../messenger.ts';
import { FeishuApiError } from './api-error.ts';
import type { Request } from './http.ts';
import type { FeishuClient } from './sdk.ts';
import type { FeishuSettings } from './settings.ts';

/** A message as the platform takes it; `content` is JSON. */
export interface Content {
  readonly msgType: 'text' | 'interactive' | 'file' | 'image';
  readonly content: string;
}

/** Where a message goes, in the platform's words. */
export interface Receiver {
  readonly type: 'open_id' | 'chat_id';
  readonly id: string;
}

/** Where the long connection is opened, for a short while. */
export interface Endpoint {
  readonly url: string;
  readonly pingSeconds: number;
}

/** A file on its way out. Upload types: `xls`, `doc`, `pdf`, `ppt`, or `stream` for all else. */
export interface Upload {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly fileType: 'xls' | 'doc' | 'pdf' | 'ppt' | 'stream';
}

/** What 学时簿 asks of the platform. Every call throws FeishuApiError unless the platform has accepted it. */
export interface FeishuApi {
  /** `uuid`: the same within an hour sends at most once, and answers with the first message; `chatId` may be empty. */
  send(to: Receiver, content: Content, uuid: string): Promise<{ messageId: string; chatId: string }>;
  /** 加急: insists until it is read. @returns those who cannot be urged */
  urge(messageId: string, openIds: readonly string[]): Promise<readonly string[]>;
  /** @returns the key under which it can be sent */
  uploadFile(file: Upload): Promise<string>;
  uploadImage(file: Pick<Upload, 'name' | 'bytes'>): Promise<string>;
  download(messageId: string, fileKey: string, type: 'file' | 'image'): Promise<Readable>;
  /** At most 50 contacts. */
  findOpenIds(contacts: readonly Contact[]): Promise<readonly (string | null)[]>;
  bot(): Promise<{ openId: string; name: string }>;
  chat(chatId: string): Promise<{ name: string }>;
  departmentName(id: string): Promise<string>;
  /** The permissions that the tenant has granted. */
  scopes(): Promise<readonly string[]>;
  /** What the published version of the app has subscribed to, and by which transport; null where it is not told. */
  subscriptions(
    appId: string,
  ): Promise<{ readonly events: Subscription | null; readonly callbacks: Subscription | null }>;
}

export interface Subscription {
  readonly transport: string;
  readonly names: readonly string[];
}

const data = <S extends z.ZodType>(schema: S) => z.object({ data: schema });
const sent = data(z.object({ message_id: z.string().min(1), chat_id: z.string().default('') }));
const urged = data(z.object({ invalid_user_id_list: z.array(z.string()).nullish() }).nullish());
const botInfo = z.object({ bot: z.object({ open_id: z.string().min(1), app_name: z.string().default('') }) });
const chatInfo = data(z.object({ name: z.string().default('') }));
const department = data(z.object({ department: z.object({ name: z.string() }) }));
const granted = data(z.object({ scopes: z.array(z.object({ scope_name: z.string(), grant_status: z.number() })) }));
const names = z.array(z.string()).nullish();
const application = data(
  z.object({
    app: z.object({
      event: z.object({ subscription_type: z.string(), subscribed_events: names }).nullish().catch(null),
      callback: z.object({ callback_type: z.string(), subscribed_callbacks: names }).nullish().catch(null),
    }),
  }),
);
const found = data(
  z.object({
    user_list: z
      .array(
        z.object({
          user_id: z.string().optional(),
          mobile: z.string().optional(),
          email: z.string().optional(),
        }),
      )
      .nullish(),
  }),
);
const fileKey = z.object({ file_key: z.string().min(1) });
const imageKey = z.object({ image_key: z.string().min(1) });
const isGranted = 1;

export function createApi(client: FeishuClient): FeishuApi {
  return {
    async send({ type, id }, { msgType, content }, uuid) {
      const answer = await client.im.v1.message.create({
        params: { receive_id_type: type },
        data: { receive_id: id, msg_type: msgType, content, uuid },
      });
      const { message_id: messageId, chat_id: chatId } = read(sent, answer, 'POST', '/open-apis/im/v1/messages').data;
      return { messageId, chatId };
    },
    async urge(messageId, openIds) {
      const answer = await client.im.v1.message.urgentApp({
        path: { message_id: checked(messageId) },
        params: { user_id_type: 'open_id' },
        data: { user_id_list: [...openIds] },
      });
      const path = '/open-apis/im/v1/messages/:id/urgent_app';
      return read(urged, answer, 'PATCH', path).data?.invalid_user_id_list ?? [];
    },
    async uploadFile({ name, bytes, fileType }) {
      const file = asFile(name, bytes);
      const answer = await client.im.v1.file.create({ data: { file_type: fileType, file_name: name, file } });
      return read(fileKey, answer, 'POST', '/open-apis/im/v1/files').file_key;
    },
    async uploadImage({ name, bytes }) {
      const image = asFile(name, bytes);
      const answer = await client.im.v1.image.create({ data: { image_type: 'message', image } });
      return read(imageKey, answer, 'POST', '/open-apis/im/v1/images').image_key;
    },
    async download(messageId, key, type) {
      const path = { message_id: checked(messageId), file_key: checked(key) };
      const answer = await client.im.v1.messageResource.get({ path, params: { type } });
      return answer.getReadableStream();
    },
    async findOpenIds(contacts) {
      const answer = await client.contact.v3.user.batchGetId({
        params: { user_id_type: 'open_id' },
        data: {
          mobiles: contacts.flatMap(({ mobile }) => mobile ?? []),
          emails: contacts.flatMap(({ email }) => email ?? []),
          include_resigned: false,
        },
      });
      const list = read(found, answer, 'POST', '/open-apis/contact/v3/users/batch_get_id').data.user_list ?? [];
      const byMobile = new Map(list.map(({ mobile, user_id }) => [numberOf(mobile ?? ''), user_id]));
      const byEmail = new Map(list.map(({ email, user_id }) => [email?.toLowerCase(), user_id]));
      return contacts.map(
        ({ mobile, email }) =>
          (mobile === null ? null : byMobile.get(numberOf(mobile))) ??
          (email === null ? null : byEmail.get(email.toLowerCase())) ??
          null,
      );
    },
    async bot() {
      const path = '/open-apis/bot/v3/info';
      const { bot } = read(botInfo, await client.request({ method: 'GET', url: path }), 'GET', path);
      return { openId: bot.open_id, name: bot.app_name };
    },
    async chat(chatId) {
      const answer = await client.im.v1.chat.get({ path: { chat_id: checked(chatId) } });
      return read(chatInfo, answer, 'GET', '/open-apis/im/v1/chats/:id').data;
    },
    async departmentName(id) {
      const answer = await client.contact.v3.department.get({
        path: { department_id: checked(id) },
        params: { department_id_type: id.startsWith('od-') ? 'open_department_id' : 'department_id' },
      });
      return read(department, answer, 'GET', '/open-apis/contact/v3/departments/:id').data.department.name;
    },
    async scopes() {
      const path = '/open-apis/application/v6/scopes';
      const { scopes } = read(granted, await client.application.v6.scope.list({}), 'GET', path).data;
      return scopes.flatMap(({ scope_name, grant_status }) => (grant_status === isGranted ? [scope_name] : []));
    },
    async subscriptions(appId) {
      const answer = await client.application.v6.application.get({
        path: { app_id: checked(appId) },
        params: { lang: 'zh_cn' },
      });
      const { event, callback } = read(application, answer, 'GET', '/open-apis/application/v6/applications/:app_id')
        .data.app;
      return {
        events: event ? { transport: event.subscription_type, names: event.subscribed_events ?? [] } : null,
        callbacks: callback ? { transport: callback.callback_type, names: callback.subscribed_callbacks ?? [] } : null,
      };
    },
  };
}

const endpointAnswer = data(
  z.object({
    URL: z.string().regex(/^wss?:\/\//),
    ClientConfig: z.object({ PingInterval: z.number().positive().catch(120) }).catch({ PingInterval: 120 }),
  }),
);

/** Asks where to open the long connection. @throws FeishuApiError */
export async function askEndpoint(
  request: Request,
  { appId, appSecret, domain }: Pick<FeishuSettings, 'appId' | 'appSecret' | 'domain'>,
  signal: AbortSignal,
): Promise<Endpoint> {
  const url = `${domain}${endpointPath}`;
  const answer = await request({
    method: 'POST',
    url,
    headers: { locale: 'zh' },
    data: { AppID: appId, AppSecret: appSecret },
    signal,
  });
  const { URL: address, ClientConfig } = read(endpointAnswer, answer, 'POST', url).data;
  return { url: address, pingSeconds: ClientConfig.PingInterval };
}

const endpointPath = '/callback/ws/endpoint';

/** An answer of another shape is nothing to build on. @throws FeishuApiError */
function read<S extends z.ZodType>(schema: S, answer: unknown, method: string, url: string): z.output<S> {
  const result = schema.safeParse(answer);
  if (!result.success) throw FeishuApiError.unreadable({ method, url, status: 200, logId: null });
  return result.data;
}

/** The same number with and without the country's. */
const numberOf = (mobile: string): string => mobile.replace(/\D/g, '').replace(/^86(?=1\d{10}$)/, '');

/** The SDK puts ids into the path as they are: what came from outside must not lead to another one. */
function checked(id: string): string {
  if (!/^[\w-]{1,200}$/.test(id)) throw new RangeError('not an id of Feishu');
  return id;
}

/** Named, because a part without a file name is refused; the SDK hands it on to our own form. */
const asFile = (name: string, bytes: Uint8Array): never => new File([Buffer.from(bytes)], name) as never;
