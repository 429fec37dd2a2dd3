/** What stands in the answers to Feishu's events, and names for what comes without one. */
export const feishuEventTexts = {
  picture: '图片',
  file: '文件',
  fileNotFetched: (name: string): string => `文件“${name}”没有收全，请重新发送。`,
  /** A tap that could not be made durable; nothing has happened. */
  notKept: '现在记不了账，没有作任何改动，请过一会儿再点一次。',
  /** A tap by somebody whom the platform does not name. */
  nobody: '飞书没有告诉我是谁点的，没有作任何改动。请直接给我发消息，例如：进度',
  /** What the platform's console, or whoever knocks, is told. */
  refused: {
    form: '内容不是飞书的事件。',
    signature: '签名、时间、校验令牌或应用不对。',
    unavailable: '现在记不了账，请稍后重发。',
  },
} as const;
