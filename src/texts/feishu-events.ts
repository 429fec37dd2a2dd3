/** What stands in the answers to Feishu's events, and names for what comes without one. */
export const feishuEventTexts = {
  picture: '图片',
  file: '文件',
  fileNotFetched: (name: string): string => `文件“${name}”没有收全，请重新发送。`,
  /** A tap that could not be made durable; nothing has happened. */
  notKept: '现在记不了账，没有作任何改动，请过一会儿再点一次。',
  /** A tap by somebody whom the platform does not name. */
  nobody: '飞书没有告诉我是谁点的，没有作任何改动。请直接给我发消息，例如：进度',
  /** What the operator may do about a request that was refused, by its reason in the log. */
  advice: {
    'no signature':
      '没有签名。若是后台保存请求地址时出现，请核对 FEISHU_ENCRYPT_KEY；若是收消息时出现，请在后台“加密策略”设置 Encrypt Key。',
    'wrong signature': '签名不对。请核对 FEISHU_ENCRYPT_KEY 与后台“加密策略”是否一致，反向代理有没有改动内容。',
    'wrong token': '校验令牌不对。请核对 FEISHU_VERIFICATION_TOKEN 与后台“加密策略”是否一致。',
    'wrong app': '事件属于另一个应用。请核对 FEISHU_APP_ID。',
    'stale tap': '点按的时间与本机相差超过 10 分钟。请校准系统时间，例如：sudo timedatectl set-ntp true',
    stale: '时间与本机相差太多。请校准系统时间，例如：sudo timedatectl set-ntp true',
    'not encrypted': '内容没有加密。请在后台“加密策略”设置 Encrypt Key。',
    'not decryptable': '解不开内容。请核对 FEISHU_ENCRYPT_KEY 与后台“加密策略”是否一致。',
  } as Readonly<Record<string, string>>,
  strange: '不是飞书发来的内容，可以不管；经常出现时请检查反向代理。',
  /** What the platform's console, or whoever knocks, is told. */
  refused: {
    form: '内容不是飞书的事件。',
    signature: '签名、时间、校验令牌或应用不对。',
    unavailable: '现在记不了账，请稍后重发。',
  },
} as const;
