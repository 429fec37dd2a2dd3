/** What 学时簿 says about Feishu: why a message did not arrive, and what is wrong with the connection. */
const withCode = (words: string, code: number): string => `${words}（飞书错误码 ${code}）`;

/** Why the platform will not take a message, however often it is tried. */
const refusals: Readonly<Record<number, string>> = {
  230001: '飞书没有接受这条消息的内容',
  230002: '机器人不在这个群里，请在群设置中重新添加机器人',
  230006: '应用没有开启机器人能力，请在开发者后台开启并发布新版本',
  230011: '原消息已被撤回',
  230013: '此人不在应用的可用范围内，请在开发者后台把此人加入可用范围',
  230018: '群主设置了禁止发言，请联系群主',
  230019: '原话题已不存在',
  230022: '内容含有飞书认定的敏感信息，被拦截',
  230025: '消息过长，飞书没有接受',
  230027: '应用没有发送这条消息的权限，请在开发者后台开通并发布新版本',
  230028: '内容被单位的数据防泄漏规则拦截（如手机号、证件号）',
  230029: '此人已离职',
  230031: '消息已超过 14 天，不能再更新',
  230034: '收件人或群不存在',
  230035: '没有在这个群发言的权限，请联系群主',
  230038: '对方属于别的单位，不能发送',
  230053: '此人已停用机器人，请本人在飞书中重新启用',
  230099: '卡片内容不符合飞书的要求',
  230110: '原消息已被删除',
  232009: '群已解散',
  234006: '文件过大，飞书没有接受',
  234010: '文件是空的，飞书没有接受',
  99991672: '应用缺少权限，请在开发者后台开通并发布新版本',
  99991403: '本月的飞书接口调用次数已用完，请升级飞书版本或等到下月',
  99992351: '飞书不认识此人，请重新绑定',
  99992361: '此人的飞书标识属于另一个应用，请重新绑定',
};

export const feishuTexts = {
  notStarted: '飞书还没有启动，请稍后再试。',
  refused: (code: number, msg: string): string =>
    withCode(refusals[code] ?? `飞书没有接受这条消息${msg === '' ? '' : `：${msg}`}`, code),
  onlyPartly: (sent: number, parts: number, reason: string): string =>
    `共 ${parts} 条，只发出了前 ${sent} 条：${reason}`,
  busy: (code: number): string => withCode('飞书限制了发送频率', code),
  failing: (status: number | null): string => `飞书暂时不能处理${status === null ? '' : `（HTTP ${status}）`}`,
  unreachable: '连不上飞书，请检查网络',
  unanswered: '飞书没有及时回应',
  unreadable: (status: number | null): string =>
    `收到的不是飞书的回应，请检查网络代理和 FEISHU_DOMAIN${status === null ? '' : `（HTTP ${status}）`}`,
  credentials: (code: number): string =>
    withCode('飞书不接受这个应用凭证，请核对 FEISHU_APP_ID 与 FEISHU_APP_SECRET，改正后重新启动', code),
  addressNotAllowed: (code: number): string =>
    withCode('本机的网络地址不在应用的 IP 白名单中，请在开发者后台的安全设置中加入', code),
  fileGone: (name: string): string => `文件“${name}”已不在，没有发送`,
  fileEmpty: (name: string): string => `文件“${name}”是空的，没有发送`,
  fileTooLarge: (name: string, mb: number): string => `文件“${name}”超过 ${mb} MB，没有发送`,
  notADocument: '文件还没有生成，没有发送',
  fileTooLargeIn: (name: string, mb: number): string => `文件“${name}”超过 ${mb} MB，没有读取`,
  fileNotFetched: (name: string, code: number): string => withCode(`没有取到文件“${name}”，请重新发送`, code),
  notAsked: (reason: string): string => `没有查到：${reason}。`,

  connecting: '正在连接飞书。',
  appIdMalformed: 'FEISHU_APP_ID 应为 cli_ 加 16 位十六进制字符，请到开发者后台核对后重新启动。',
  lostSince: (since: string, reason: string): string =>
    `与飞书的长连接从 ${since} 起断开，正在自动重连，期间收不到消息：${reason}。`,
  notYetUp: (reason: string): string => `还没有连上飞书，正在自动重试，期间收不到消息：${reason}。`,
  dropped: '连接中断',
  notOpened: '没有建立连接',
  sentence: (words: string): string => `${words}。`,
  connectionBusy: (code: number): string => withCode('飞书繁忙', code),
  silent: '飞书长时间没有回应',
  connectionForbidden: (code: number): string =>
    withCode('飞书不允许这个应用使用长连接，请在开发者后台“事件与回调”中把订阅方式设为长连接并发布', code),
  tooManyConnections: (code: number): string => withCode('这个应用的长连接数已达上限，请停掉多余的程序', code),
  connectionRefused: (code: number, msg: string): string =>
    withCode(`飞书拒绝建立长连接${msg === '' ? '' : `：${msg}`}`, code),
  unidentified: (reason: string): string => `还没有读到机器人自己的信息，收不到群里的 @：${reason}。`,
} as const;
