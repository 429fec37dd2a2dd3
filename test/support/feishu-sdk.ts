import * as lark from '@larksuiteoapi/node-sdk';
import type { FeishuServer } from './feishu-server/index.ts';

/** The SDK's own logger writes what people have said. */
export const quiet = { error: () => {}, warn: () => {}, info: () => {}, debug: () => {}, trace: () => {} };

type Handlers = Record<string, (event: Record<string, unknown>) => unknown>;

/** The SDK as anybody would use it, against a local server. */
export const sdkClient = ({ appId, appSecret, url }: FeishuServer): lark.Client =>
  new lark.Client({ appId, appSecret, domain: url, logger: quiet });

/** Handles events through the SDK's long connection; resolves when it is open. */
export async function sdkConnection(
  { appId, appSecret, url }: Pick<FeishuServer, 'appId' | 'appSecret' | 'url'>,
  handlers: Handlers,
  options: { pingTimeout?: number; onReconnecting?: () => void; onError?: (error: Error) => void } = {},
): Promise<lark.WSClient> {
  const { onReconnecting, onError, pingTimeout } = options;
  const dispatcher = new lark.EventDispatcher({ logger: quiet }).register(handlers);
  return new Promise((resolve) => {
    const client: lark.WSClient = new lark.WSClient({
      appId,
      appSecret,
      domain: url,
      logger: quiet,
      onReady: () => resolve(client),
      ...(onReconnecting === undefined ? {} : { onReconnecting }),
      ...(onError === undefined ? {} : { onError }),
      ...(pingTimeout === undefined ? {} : { wsConfig: { pingTimeout } }),
    });
    void client.start({ eventDispatcher: dispatcher });
  });
}
