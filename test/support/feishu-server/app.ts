import { randomBytes, randomUUID } from 'node:crypto';
import { scopesToImport } from '../../../src/messenger/feishu/scopes.ts';
import { subscriptions } from '../../../src/messenger/feishu/subscriptions.ts';

/** The self-built app that the bot signs in as. */
export interface App {
  readonly appId: string;
  readonly appSecret: string;
  /** null: events are sent in plain text and unsigned, as in an app that has set no key. */
  readonly encryptKey: string | null;
  readonly verificationToken: string;
  readonly tenantKey: string;
  readonly bot: { readonly openId: string; readonly name: string };
  /** What the tenant's administrator has granted; tests take some away. */
  readonly scopes: Set<string>;
  /** What the published version has subscribed to, and by which transport; tests leave some out. */
  readonly subscribed: { events: Subscription; callbacks: Subscription };
}

interface Subscription {
  transport: 'websocket' | 'webhook';
  readonly names: Set<string>;
}

/** `prefix` and 32 hexadecimal digits, as the platform's own ids look. */
export const newId = (prefix: string): string => prefix + randomUUID().replaceAll('-', '');

/** A new app each time, so that what the SDK keeps by app id is never shared between tests. */
export const createApp = (options: Partial<Pick<App, 'encryptKey'>> = {}): App => ({
  appId: `cli_${randomBytes(8).toString('hex')}`,
  appSecret: randomBytes(16).toString('hex'),
  encryptKey: options.encryptKey === undefined ? randomBytes(16).toString('hex') : options.encryptKey,
  verificationToken: randomBytes(16).toString('hex'),
  tenantKey: randomBytes(8).toString('hex'),
  bot: { openId: newId('ou_'), name: '学时簿' },
  // What the setup guide has an administrator paste.
  scopes: new Set(scopesToImport.scopes.tenant),
  subscribed: {
    events: { transport: 'websocket', names: new Set(subscriptions.events.names) },
    callbacks: { transport: 'websocket', names: new Set(subscriptions.callbacks.names) },
  },
});
