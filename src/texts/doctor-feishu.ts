/** `doctor` on Feishu: each line is fine, or says what to do. */
export const doctorFeishuTexts = {
  identity: (name: string, appId: string): string => `飞书接受应用凭证：${name}（${appId}）`,
  refused: (reason: string): string => `${reason}。`,
  unreachable: '连不上飞书。请检查网络、代理和 FEISHU_DOMAIN。',
  clock: (seconds: number): string => `本机时间与飞书相差 ${seconds} 秒`,
  clockNotTold: '飞书的回应里没有时间，没能核对本机时间：请自行确认系统已开启自动对时',
  clockOff: (seconds: number, isAhead: boolean): string =>
    `本机时间比飞书${isAhead ? '快' : '慢'} ${seconds} 秒，请校准系统时间（例如 sudo timedatectl set-ntp true），否则按钮会失灵，提醒的时间也不对。`,
  longConnection: '飞书允许建立长连接',
  webhook: '使用 webhook：请确认后台“事件配置”“回调配置”的请求地址都指向 /feishu/webhook',
  features: {
    private: '私聊',
    group: '群聊',
    files: '收发文件',
    people: '认人',
    units: '单位变动和离职',
    urgent: '催办加急',
    'self-check': '核对权限',
    learning: '飞书学习的课程学时',
  },
  granted: (feature: string): string => `权限齐全：${feature}`,
  notGranted: (feature: string): string => `没有开通（可选）：${feature}`,
  missing: (feature: string, scopes: readonly string[]): string =>
    `${feature}缺少权限 ${scopes.join('、')}。请在开发者后台“权限管理”开通，并发布新版本。`,
  kinds: { events: '事件', callbacks: '回调' },
  notVisible: (kind: string): string =>
    `后台的${kind}配置读不到，请按 docs/feishu-setup.zh-CN.md“订阅事件和回调”一节核对`,
  sameTransport: (kind: string): string => `${kind}的订阅方式与 FEISHU_TRANSPORT 一致`,
  otherTransport: (kind: string, transport: 'websocket' | 'webhook'): string =>
    `${kind}的订阅方式与 FEISHU_TRANSPORT=${transport} 不一致。请在后台“事件与回调”改为${transport === 'websocket' ? '长连接' : '发送至开发者服务器'}，或修改 FEISHU_TRANSPORT。`,
  subscribed: (kind: string): string => `${kind}已全部订阅`,
  notSubscribed: (kind: string, names: readonly string[]): string =>
    `${kind}没有订阅 ${names.join('、')}。请在后台“事件与回调”添加，并发布新版本。`,
  noGroup: '还没有接收通报的群。请把机器人加入干部群，由经办确认；或设置 FEISHU_BULLETIN_CHATS。',
  inGroup: (name: string): string => `机器人在群“${name}”里`,
  notInGroup: (name: string, reason: string): string => `群“${name}”不能接收通报：${reason}。`,
  echoAsk: (code: string): string => `学时簿自检：请在两分钟内回复这四个数字：${code}`,
  echoSent: (staffNo: string, code: string, seconds: number): string =>
    `已向 ${staffNo} 发送自检码 ${code}，等待回复，最多 ${seconds} 秒……`,
  echoHeard: '收到了回复：消息发得出、收得到',
  echoNotHeard:
    '自检码发出了，但没有收到回复。如果本人已经回复，请核对后台“事件配置”的订阅方式和 im.message.receive_v1，以及有没有另一台机器连着同一个应用。',
  echoNotSent: (reason: string): string => `自检码没有发出：${reason}。`,
  echoUnbound: (staffNo: string): string =>
    `${staffNo} 还没有对应飞书账号，不能发送自检码。请本人先给机器人发一条消息，例如：进度`,
  allReached: '名册中的在职人员都已对应飞书账号',
  willBeMatched: (count: number): string => `按手机号或邮箱还能对应 ${count} 人，机器人会自动完成`,
  archivistUnmatched: (archivists: readonly { readonly name: string; readonly staffNo: string }[]): string =>
    `档案管理员 ${archivists.map(({ name, staffNo }) => `${name}（${staffNo}）`).join('、')} 还没有对应飞书账号，别人的绑定申请没有人能同意。请本人打开一次与学时簿的会话；若提示绑定，请在名册中写上其手机号或邮箱（与飞书中的一致），再导入一次，然后启动。`,
  unmatched: (count: number): string =>
    `还有 ${count} 人没有对应飞书账号，收不到提醒。工号与飞书“用户 ID”一致的，本人打开一次与学时簿的会话即可；其余请在名册中补手机号或邮箱，并核对后台的“通讯录权限范围”，或请本人私聊发送“绑定 工号 姓名”。`,
} as const;
