/** `doctor`: each line is fine, or says what to do. */
export const doctorTexts = {
  line: (isOk: boolean, sentence: string): string => `${isOk ? '正常' : '注意'}  ${sentence}`,
  node: (version: string): string => `Node.js ${version}`,
  policy: (rules: number, directory: string): string => `制度参数 ${rules} 项：${directory}`,
  holidays: (years: readonly number[]): string => `节假日表：${years.join('、')} 年`,
  holidaysMissing: (year: number, directory: string): string =>
    `缺少 ${year} 年的节假日表，有疑问的日子不发提醒。国务院办公厅公布后，请在 ${directory}/holidays/ 中添加 ${year}.json。`,
  store: (directory: string, n: number): string => `台账可读，审计链共 ${n} 条：${directory}`,
  database: (institution: string, n: number): string => `台账可读，审计链共 ${n} 条：PostgreSQL，单位 ${institution}`,
  storeMissing: (directory: string): string => `${directory} 里还没有台账；第一次启动或导入名册时会建立。`,
  running: (directory: string): string => `${directory} 正由运行中的机器人使用，导入、恢复须先停止它。`,
  roster: (people: number, quota: number): string => `名册 ${people} 名在职干部，其中中层 ${quota} 人`,
  rosterEmpty: '名册是空的。请导入：npm run cli -- import roster 名册.xlsx',
  roleMissing: (role: string): string => `没有人担任${role}。请由档案管理员用“干部 工号 角色 加 ${role}”指定。`,
  archivistMissing: '没有档案管理员。请在 .env 的 ADMINS 中写明工号后重新启动，例如：ADMINS=E0001',
  archivistComing: (admins: readonly string[]): string =>
    `还没有档案管理员。启动机器人后，ADMINS 中的 ${admins.join('、')} 就是。`,
  unsent: (count: number): string =>
    `最近 7 天有 ${count} 条消息没有送达或结果不明。看是发给谁的、什么原因，请运行 npm run cli -- outbox`,
  roles: '经办、部长、档案管理员都已指定',
  clock: (now: string): string => `本机时间 ${now}（北京时间）`,
  clockBehind: (now: string, last: string): string =>
    `本机时间 ${now} 早于台账最后一笔的时间 ${last}。请校准系统时间后再启动，例如：sudo timedatectl set-ntp true`,
  disk: (gb: string): string => `磁盘剩余 ${gb} GB`,
  diskLow: (gb: string): string => `磁盘只剩 ${gb} GB，请清理或换到更大的磁盘。`,
  backup: (day: string): string => `最近一次备份：${day}`,
  backupOld: (day: string | null): string =>
    `${day === null ? '还没有备份' : `最近一次备份是 ${day}`}。请运行 npm run cli -- backup，或保持机器人运行（每天自动备份）。`,
  askNobody: '--ask 只在接入飞书后可用：请先设置 FEISHU_APP_ID 和 FEISHU_APP_SECRET。',
  unwell: (count: number): string => `有 ${count} 项需要注意，见上面标“注意”的各行。`,
} as const;
