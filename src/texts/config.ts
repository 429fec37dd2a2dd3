/** One readable sentence per thing that is wrong with the configuration. */
export const configTexts = {
  port: (found: string): string => `PORT 应为 0 到 65535 之间的整数，现在是“${found}”。例如：PORT=3000`,
  host: 'HOST 不能为空。只在本机使用请写 HOST=127.0.0.1',
  logLevel: (found: string, levels: readonly string[]): string =>
    `LOG_LEVEL 应为 ${levels.join('、')} 之一，现在是“${found}”。`,
  messenger: (found: string): string => `MESSENGER 应为 feishu、dingtalk 或 simulator，现在是“${found}”。`,
  simulatorAlone: 'MESSENGER 中 simulator 只能单独使用，不能与 feishu、dingtalk 同时启用。',
  notYet: (name: string): string => `${name} 在此版本中还不能使用。请先用模拟器：MESSENGER=simulator`,
  database: (name: string): string =>
    `${name} 不是 PostgreSQL 的地址。应像这样写：${name}=postgres://账号:口令@主机:5432/数据库（口令里的 @ : / 要写成 %40 %3A %2F）。`,
  institution: (found: string): string =>
    `INSTITUTION 只能用小写字母、数字、- 和 _，例如 INSTITUTION=college-a，现在是“${found}”。`,
  together: (present: string, absent: string): string => `设置了 ${present} 就必须同时设置 ${absent}。`,
  needed: (name: string, reason: string): string => `缺少 ${name}：${reason}。`,
  feishuApp:
    '接入飞书需要 FEISHU_APP_ID 和 FEISHU_APP_SECRET，请从开放平台“凭证与基础信息”页复制到 .env。没有应用请看 docs/feishu-setup.zh-CN.md。',
  appId: (found: string): string =>
    `FEISHU_APP_ID 应为 cli_ 加 16 位十六进制字符，现在是“${found}”。请从开放平台“凭证与基础信息”页重新复制。`,
  appSecretIsId:
    'FEISHU_APP_SECRET 里写的是 App ID（以 cli_ 开头）。请核对是否与 FEISHU_APP_ID 写反了，两者都在开放平台“凭证与基础信息”页。',
  appSecret: 'FEISHU_APP_SECRET 里有空格、汉字或全角字符。请从开放平台“凭证与基础信息”页重新复制。',
  forWebhook: 'FEISHU_TRANSPORT=webhook 时必须设置，请从开放平台“事件与回调”的“加密策略”页复制',
  chat: (found: string): string =>
    `FEISHU_BULLETIN_CHATS 应为用逗号分隔的群 ID，例如：oc_5ce6d572455d361153b7cb51da133945；看不懂“${found}”。`,
  /** A group whose name the platform has not told yet. */
  group: (id: string): string => `群 ${id.slice(-6)}`,
  transport: (found: string): string => `FEISHU_TRANSPORT 应为 websocket 或 webhook，现在是“${found}”。`,
  url: (name: string, found: string): string =>
    `${name} 应为以 http:// 或 https:// 开头的网址，不带账号、问号、井号和空格，现在是“${found}”。`,
  admins: (found: string): string => `ADMINS 应为用逗号分隔的工号，例如：ADMINS=E0001,E0002；看不懂“${found}”。`,
  sample: (directory: string): string =>
    `${directory} 里是示例学院的数据，不能接入真实的即时通讯。请在 .env 中用 DATA_DIR 指定另一个空文件夹，导入名册后再启动；只想试用请写 MESSENGER=simulator。`,
  sampleInDatabase: (institution: string): string =>
    `数据库里“${institution}”是示例学院的数据，不能接入真实的即时通讯。请另建一个空的数据库，或在 .env 中用 INSTITUTION 指定另一个单位，导入名册后再启动；只想试用请写 MESSENGER=simulator。`,
  openToAll: (host: string, directory: string): string =>
    `HOST=${host} 会让别的机器也能访问模拟器，而模拟器不验证身份；${directory} 里是您自己的数据，不能这样启动。请改为 HOST=127.0.0.1。`,
  onlySample: '这里是您自己的数据，不是示例学院，不能重置。',
  adminsUnknown: (missing: readonly string[]): string =>
    `ADMINS 中的工号 ${missing.join('、')} 不在在职名册里，没有设为档案管理员。请核对工号；还没有导入名册的，请先停止机器人，再运行 npm run cli -- import roster 名册.xlsx`,
} as const;
