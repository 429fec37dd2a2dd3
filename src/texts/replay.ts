import { dayOf, type Instant, timeOf } from '../domain/day.ts';

const example =
  '{"schema":"2.0","header":{"event_id":"e1","event_type":"application.bot.menu_v6"},"event":{"operator":{"operator_id":{"open_id":"ou_1","user_id":"E0011"}},"event_key":"progress"}}';

const shapeHint = `飞书的事件（已解密）例如：${example}`;

const reasons: Readonly<Record<string, string>> = {
  'unknown type': '机器人不处理这类事件',
  'not from a person': '不是人发的消息',
  'does not name the bot': '群消息没有 @ 机器人',
  'added by nobody': '没有说明是谁拉机器人进群的',
  'not finished': '课程还没有学完或没有通过',
};

/** What `replay` tells the operator. */
export const replayTexts = {
  what: '请写明事件文件，例如：replay event.json（先预览），核对后再加 --commit 写入。',
  sample: '示例学院的数据不接受真实事件的写入。请去掉 --commit 只作预览，或用 DATA_DIR 指向另一个文件夹。',
  notJson: (file: string, place: string | null): string =>
    `“${file}”不是 JSON${place === null ? '' : `（${place}）`}。${shapeHint}`,
  place: (line: string, column: string): string => `第 ${line} 行第 ${column} 列`,
  notUtf8: (file: string): string => `“${file}”不是 UTF-8 文字，请另存为 UTF-8 后再试。`,
  tooDeep: (file: string): string => `“${file}”层次过多，不是飞书的事件。${shapeHint}`,
  verification: '这是飞书验证回调地址的请求，不是事件：没有要做的。请换成事件。',
  noKey: '文件里是加密的事件。请设置 FEISHU_ENCRYPT_KEY（webhook 方式），或换成解密后的事件。',
  wrongKey: '文件里的事件解不开：FEISHU_ENCRYPT_KEY 与加密时的不同，或内容不完整。',
  notEvent: (place: string): string =>
    `不是飞书的事件：${place === '' ? '整个文件' : `字段 ${place}`}缺少或不对。${shapeHint}`,
  otherApp: (found: string, own: string): string =>
    `这是应用 ${found} 的事件，本机配置的是 ${own}。请换文件，或改 FEISHU_APP_ID。`,
  nobody: '事件里没有操作人的 open_id，机器人会请对方直接发消息。',
  head: (type: string, at: Instant): string => `事件　${type}（${dayOf(at)} ${timeOf(at)}）`,
  from: (who: string, where: string): string => `来自　${who}，${where}`,
  stranger: (id: string): string => `${id}（名册中没有对应的人）`,
  person: (name: string, staffNo: string, id: string): string => `${name} ${staffNo}（${id}）`,
  privateChat: '私聊',
  group: (id: string): string => `群 ${id}`,
  said: (words: string): string => `内容　${words === '' ? '（没有文字）' : words}`,
  files: (names: readonly string[]): string => `附件　${names.join('、')}（回放不下载附件，以下按附件没有收到预览）`,
  fileNotFetched: (name: string): string => `文件“${name}”在回放时没有下载`,
  withFiles: (names: readonly string[]): string =>
    `没有写入：回放不下载附件（${names.join('、')}），写入后这条消息就算处理过，附件再也收不到。请对方在飞书里重新发送。`,
  pressed: (press: string): string => `按钮　${press}`,
  filled: (form: string): string => `表单　${form}`,
  happened: (what: string): string => `发生　${what}`,
  passedOver: (type: string, reason: string): string => `不处理　${type}：${reasons[reason] ?? reason}。`,
  again: '这条已经处理过，再来一次没有任何作用。',
  command: (name: string): string => `命令　${name}`,
  changes: (list: readonly (readonly [collection: string, count: number])[]): string =>
    `改动　${list.length === 0 ? '没有' : list.map(([name, count]) => `${name} ${count}`).join('，')}`,
  toast: (words: string): string => `提示　${words}`,
  card: '卡片变为',
  sends: (to: string): string => `发给　${to}`,
  nothing: '没有回答。',
  committed: '已写入。回答在发送队列里，机器人运行时发出。',
} as const;
