/** The hosts of AppLink, by the host of the open platform; an installation of one's own has none that is known. */
const linkHosts: Readonly<Record<string, string>> = {
  'open.feishu.cn': 'applink.feishu.cn',
  'open.larksuite.com': 'applink.larksuite.com',
};

/** The link that opens the chat with the bot of an app, as https://open.feishu.cn/document describes AppLink; or null. */
export function chatLink({ appId, domain }: { readonly appId: string; readonly domain: string }): string | null {
  const host = linkHosts[new URL(domain).host];
  return host === undefined ? null : `https://${host}/client/bot/open?appId=${encodeURIComponent(appId)}`;
}
