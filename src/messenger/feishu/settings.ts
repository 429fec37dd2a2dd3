/** A self-built app of the tenant and how it is reached. */
export interface FeishuSettings {
  /** `cli_` and sixteen hexadecimal digits. */
  readonly appId: string;
  readonly appSecret: string;
  /** Long connection, or events sent to `/feishu/webhook`. */
  readonly transport: 'websocket' | 'webhook';
  /** Both stand with `webhook`; the long connection needs neither. */
  readonly encryptKey: string | null;
  readonly verificationToken: string | null;
  /** Base address without a slash at its end: the public one, Lark, a private deployment or a local test server. */
  readonly domain: string;
  /** Groups that receive the bulletin from the first start on; afterwards the clerk decides in chat. */
  readonly bulletinChats: readonly string[];
}
