import { showHours } from './glossary.ts';

/** What the operator reads in the terminal. */
export const cliTexts = {
  usage: `用法：npm run cli -- <命令> [参数]

  start                                  启动机器人（npm start 就是它）
  import roster|ledger 文件.xlsx [--dry-run] [--by 工号]
                                         导入名册或学时台账；--dry-run 只预览
  export ledger|overdue [文件.xlsx]      导出学时台账或逾期名单
  jobs                                   定时任务一览
  job 名称 [--as-of 日期] [--dry-run]    立即运行一个任务；--dry-run 只看会发出什么
  outbox [resend 编号]                   没有送达或结果不明的消息；核实后可再发一次
  backup [文件夹]                        备份
  restore 文件夹                         从备份恢复（现有数据改名保留）
  verify [备份文件夹]                    核对整本台账或一份备份：格式、审计链、事件与现状
  migrate --from 甲 --to 乙              把整本台账迁到空的另一处；甲、乙为数据文件夹或 postgres://…
  replay 事件.json [--commit]            看机器人会怎样处理飞书推送过的一个事件；--commit 才写入
  doctor [--ask 工号]                    自检：配置、数据、名册、时钟、节假日、磁盘、飞书，每行写明怎么办

设置见 .env.example；退出码：0 成功，1 结果为否，64 用法，65 文件有误，69 服务不可用，
73 不能写，74 磁盘，75 被占用，78 配置。`,
  unknown: (command: string): string => `没有“${command}”这个命令。运行 npm run cli -- help 看全部命令。`,
  unknownOption: (option: string): string => `看不懂参数“${option}”。运行 npm run cli -- help 看用法。`,
  tooMany: (word: string): string => `多了参数“${word}”。运行 npm run cli -- help 看用法。`,
  importWhat: '请写明导入什么：import roster 名册.xlsx，或 import ledger 台账.xlsx',
  exportWhat: '请写明导出什么：export ledger，或 export overdue',
  importer: (staffNo: string): string =>
    `名册里没有工号 ${staffNo}。请用 --by 写明导入人的工号（须是在职的经办、部长或档案管理员）。`,
  faultyRows: (count: number): string =>
    `有 ${count} 处有误的内容没有导入，详见上面各行。改正后再导入一次即可，已导入的行不会重复。`,
  jobWhat: '请写明任务名称，例如：job digest --dry-run。全部任务见 jobs。',
  badDay: (found: string): string => `--as-of 应为日期，例如 2026-11-20，现在是“${found}”。`,
  outboxClear: (queued: number): string => `没有送达失败或结果不明的消息，${queued} 条正在等待发送。`,
  outboxLine: (key: string, target: string, isUnknown: boolean, reason: string): string =>
    `${isUnknown ? '结果不明' : '没有送达'}\t${target}\t${reason.replace(/。$/, '')}\t编号 ${key}`,
  personNamed: (name: string, staffNo: string): string => `${name}（${staffNo}）`,
  groupNamed: (name: string): string => `群“${name}”`,
  outboxHint: '结果不明的可能已经送达，请先向对方核实；要再发一次：npm run cli -- outbox resend 编号',
  resent: (key: string): string => `已放回发送队列：${key}`,
  notResent: (key: string): string =>
    `没有可以再发的消息“${key}”。用 outbox 查看编号；没有送达的提醒不用再发，下一个工作日自动重新提醒。`,
  restoreWhat: '请写明备份所在的文件夹，例如：restore data/runtime/backups/2026-11-20',
  progress: (done: number, total: number): string => `已处理 ${done}/${total} 行`,
  dryRun: '以上为预览，没有写入任何内容。',
  exportNames: { ledger: '学时台账', overdue: '逾期名单' },
  exported: (file: string, rows: number): string => `已导出 ${rows} 行：${file}`,
  backedUp: (directory: string, records: number, n: number, hash: string): string =>
    `已备份到 ${directory}：${records} 条事务记录，审计链第 ${n} 条，校验码 ${hash.slice(0, 16)}。`,
  restored: (n: number, hash: string, aside: string | null): string =>
    `已恢复到审计链第 ${n} 条（校验码 ${hash.slice(0, 16)}）。${aside === null ? '' : `原有数据保留在 ${aside}。`}`,
  jobHead: (name: string, asOf: string, summary: string): string => `${name}（${asOf}）：${summary}`,
  wouldSend: (to: string, purpose: string): string => `— 发给 ${to}（${purpose}）`,
  jobLine: (name: string, schedule: string, last: string, next: string): string =>
    `${name}\t${schedule}\t上次 ${last}\t下次 ${next}`,
  never: '还没有',
  listening: (url: string): string => `学时簿已启动：${url}`,
  simulated: '现在是模拟器，请在浏览器中打开上面的地址。要接入飞书，请看 docs/feishu-setup.zh-CN.md。',
  onFeishu: (reasons: readonly string[]): string =>
    reasons.length === 0
      ? '已连上飞书。'
      : `注意：${reasons.join('')}逐项检查请另开一个终端运行：npm run cli -- doctor`,
  openToAll: (host: string): string =>
    `注意：模拟器不验证身份。现在监听 ${host}，凡能访问这个地址的人都可以冒用任何人操作。只在本机试用请去掉 HOST。`,
  stopping: '正在停止，请稍候……',
  stopped: '已停止。',
  sampleLoaded: (people: number, entries: number): string =>
    `已载入示例学院：${people} 名干部，${entries} 条学时记录。`,
  cannotWrite: (file: string, reason: string): string => `不能写 ${file}（${reason}）。请换一个位置。`,
  /** A service that is needed is away. */
  again: (what: string): string => `${what}处理好后请再执行一次。`,
  unexpected: (message: string): string => `意外的错误：${message}。请把日志交给维护人员。`,
} as const;

/** One name whose numbers differ between source and target. */
interface Difference {
  readonly name: string;
  readonly source: number;
  readonly target: number;
}

interface Head {
  readonly n: number;
  readonly hash: string;
}

const showHead = ({ n, hash }: Head): string => `第 ${n} 条，校验码 ${hash.slice(0, 16)}`;

/** What `migrate` says. */
export const migrationTexts = {
  what: '请写明从哪里迁到哪里，例如：migrate --from data/runtime --to postgres://账号:口令@主机:5432/库名',
  same: '--from 和 --to 是同一处，没有迁移任何内容。请检查两个地址。',
  noLedger: (directory: string): string =>
    `“${directory}”里没有学时簿的数据，没有迁移任何内容。请检查 --from 的文件夹。`,
  notEmpty: (directory: string): string => `“${directory}”里已有学时簿的数据，没有写入任何内容。请换一个空的文件夹。`,
  folder: (directory: string): string => `文件夹 ${directory}`,
  database: (address: string, institution: string): string => `数据库 ${address}（单位 ${institution}）`,
  begins: (from: string, to: string): string =>
    `把${from} 的台账迁到${to}。请等它完成再启动机器人；中途停下也不会留下半截数据，再执行一次即可。`,
  progress: (done: number, total: number): string => `已迁移 ${done}/${total}（数据行和审计记录）`,
  compares: '已全部写入，正在与来源逐项核对。',
  rowsAgree: (rows: number): string => `各类数据的行数一致，共 ${rows} 行。`,
  rowsDiffer: ({ name, source, target }: Difference): string =>
    `“${name}”的行数不一致：来源 ${source} 行，目标 ${target} 行。`,
  hoursAgree: (people: number, hours: number): string =>
    `每名干部的已认定学时一致：${people} 名干部，共 ${showHours(hours)} 学时。`,
  hoursDiffer: ({ name, source, target }: Difference): string =>
    `工号 ${name} 的已认定学时不一致：来源 ${showHours(source)} 学时，目标 ${showHours(target)} 学时。`,
  chainAgrees: (head: Head): string => `审计链一致，末条为${showHead(head)}。`,
  chainDiffers: (source: Head, target: Head): string =>
    `审计链不一致：来源末条为${showHead(source)}，目标末条为${showHead(target)}。`,
  differs: (found: number): string =>
    `迁移后有 ${found} 处不符（见上），请不要启用新的台账，继续使用原来的。若迁移时还有人记账，请先停止机器人，再迁到另一个空的地方。`,
  toDatabase: '迁移完成。请用 DATABASE_URL 指定这个数据库后启动机器人；原来的台账没有改动，请不要再在上面登记。',
  toFolder: (directory: string): string =>
    `迁移完成。请去掉 DATABASE_URL、把 DATA_DIR 设为 ${directory} 后启动机器人；原来的台账没有改动，请不要再在上面登记。`,
} as const;
