/** What the store says to the operator: what happened, and what to do next. */
export const storeTexts = {
  notWritable: (directory: string): string =>
    `数据目录“${directory}”不能写入。请检查它是不是文件夹、运行账号有没有写权限，或者用 DATA_DIR 指定另一个文件夹。`,
  diskFull: (directory: string): string => `数据目录“${directory}”所在的磁盘已满。请腾出空间后重新启动。`,
  diskError: (directory: string, reason: string): string =>
    `读写数据目录“${directory}”出错（${reason}）。请检查磁盘后重新启动。`,
  inUse: (directory: string, pid: number): string =>
    `数据目录“${directory}”正由另一个进程使用（进程号 ${pid}）。请先停止那个进程，再执行本命令。`,
  inUseElsewhere: (directory: string, host: string | null): string =>
    `数据目录“${directory}”正由另一台机器或另一个容器里的进程使用${host === null ? '' : `（${host}）`}。请先停止那个进程；它若已意外退出，请过一分钟再执行本命令。`,
  foreignWriter: '数据文件被另一个进程改动，为免损坏台账已停止记账。请停止使用同一数据目录的其他进程，再重新启动。',
  damaged: (file: string, line: number, what: string): string =>
    `数据文件“${file}”第 ${line} 行有问题：${what}。为免错上加错，没有启动；请保留现场，用 restore 从备份恢复。`,
  brokenLine: '内容与校验码不符',
  missingLine: '行号不连续，中间缺了内容',
  brokenChain: '与前一条记录接不上',
  unfinished: '文件不完整，结尾缺失',
  unknownSchema: (found: unknown): string => `格式版本“${String(found)}”不是本程序认识的版本，请使用写入它的程序版本`,
  unknownCollection: (name: string): string => `内容“${name}”不是本程序认识的，请使用写入它的程序版本`,
  missingSegment: (file: string): string =>
    `流水文件“${file}”不见了。为免账目残缺，没有启动；请找回该文件，或用 restore 从备份恢复。`,
  unfinishedRestore: (directory: string): string =>
    `数据目录“${directory}”的恢复做到一半。请启动一次程序让它完成，或重新执行 restore。`,
  tornLine: '流水末尾有一行没有写完（可能断过电），该行从未确认，不计入台账',
  notice: (message: string, { file, line }: { file?: string; line?: number }): string =>
    `注意：${message}${file === undefined ? '' : `（${file} 第 ${line} 行）`}`,
  rebuilt: '没有找到快照，已根据全部流水重建当前数据',
  snapshotFailed: '快照没有写成，数据仍完整保存在流水中',
  restoreDropped: '清理了一份没有做完的恢复，数据保持恢复之前的样子',
  recovered: '磁盘已恢复，数据已重新载入',
  notSaved: (reason: string): string =>
    `数据没有写入磁盘（${reason}），这次操作没有生效。请检查磁盘是否已满或有故障，然后再试。`,
  closed: '数据库已关闭，请重新启动程序。',
  readOnly: '数据是以只读方式打开的，不能修改。',
  appendOnly: (collection: string, key: string): string => `“${collection}”只能新增，已有的“${key}”不能修改或删除。`,
  damagedBlob: (hash: string): string => `附件“${hash}”的内容与其校验码不符，请从备份中找回该文件。`,
  backupNotEmpty: (directory: string): string => `备份目录“${directory}”不是空的，请换一个新的文件夹。`,
  noBackup: (directory: string): string =>
    `“${directory}”不是完整的备份（缺少 manifest.json）。请检查文件夹名，或换一份备份。`,
  badBackup: (file: string): string => `备份中的文件“${file}”缺失或与清单不符，这份备份不能用。请换一份备份。`,
  badLedger: (problems: number, first: string): string =>
    `备份中的台账有 ${problems} 处不一致，没有恢复（第一处：${first}）。请换一份备份。`,
  problem: ({ place, expected, found }: { place: string; expected: string; found: string }): string =>
    `${place}：应为 ${expected}，实为 ${found}`,
  moreProblems: (count: number): string => `还有 ${count} 处，没有列出。请从最前面的看起，后面的多半由它引起。`,
  verified: ({ records, rows, entries }: { records: number; rows: number; entries: number }): string =>
    `已核对审计记录 ${records} 条、当前数据 ${rows} 行、学时记录 ${entries} 条。`,
  notVerified: (problems: number): string =>
    `发现 ${problems} 处不一致（见上）。请保留现场，不要继续登记，并用 restore 从最近一份核对无误的备份恢复。`,
  backupNotVerified: (problems: number): string =>
    `这份备份有 ${problems} 处不一致（见上），不能用来恢复。请换一份备份。`,
} as const;

/** The places that `verify` names, and what should be or is there. */
export const verifyTexts = {
  journal: '流水文件',
  readable: '可以读取',
  record: (n: number): string => `审计记录第 ${n} 条`,
  lastRecord: '最后一条审计记录',
  row: (collection: string, key: string): string => `${collection}“${key}”`,
  /** A field that lists and totals see. */
  column: (collection: string, key: string, field: string): string => `${collection}“${key}”供查询和汇总的 ${field}`,
  number: (n: number): string => `编号 ${n}`,
  previous: (hash: string): string => `前一条校验码 ${hash.slice(0, 16)}`,
  own: (hash: string): string => `本条校验码 ${hash.slice(0, 16)}`,
  knownCollection: '已声明的数据类别',
  presence: (present: boolean): string => (present ? '有这一行' : '没有这一行'),
  schema: '符合数据格式',
  entry: (id: number): string => `登记号 ${id}`,
  events: (present: boolean): string => (present ? '有登记和审核经过' : '没有登记和审核经过'),
  history: '登记和审核经过前后相符',
  sequence: (name: string): string => `编号序列“${name}”`,
  atLeast: (n: number): string => `不小于已用的编号 ${n}`,
  blob: (hash: string): string => `附件 ${hash.slice(0, 16)} 完好`,
  blobMissing: '附件不见了',
  blobChanged: '附件内容与其校验码不符',
  bulletin: (month: string, n: number): string => `${month} 月度通报所印的审计记录第 ${n} 条`,
  none: '（没有这一条）',
} as const;

/** What the store on PostgreSQL says to the operator. */
export const postgresTexts = {
  away: (reason: string): string =>
    `数据库暂时用不了（${reason}），这次操作没有生效。请检查 PostgreSQL 是否在运行、DATABASE_URL 的地址和口令是否正确。`,
  pooler:
    '数据库地址那一端不接受机器人的会话设置（08P01），多半是连接池（如 pgbouncer），这次操作没有生效。请把 DATABASE_URL 和 DATABASE_ADMIN_URL 改成 PostgreSQL 自己的主机和端口：机器人自带连接池。',
  full: (reason: string): string =>
    `数据库没有余地了（${reason}：磁盘已满或连接过多），这次操作没有生效。请腾出磁盘空间或提高 max_connections。`,
  /** The bot waits by itself; a command of the operator does not, see `cliTexts.again`. */
  waits: (what: string): string => `${what}恢复后会自动继续。`,
  busy: '同时改动同一处的操作太多，这次没有轮到。请稍后再试。',
  lost: '一条数据库连接断开了',
  noAccess: (reason: string): string =>
    `登录不了数据库（${reason}），这次操作没有生效：账号、口令或数据库名不对。请核对 DATABASE_URL；口令里有 @、:、/、# 等符号的，要换成只用字母、数字和短横线的口令。`,
  /** Reasons where the driver gives no code. */
  cut: '连接中断',
  silent: '没有回应',
  notSealed: '审计记录暂时没有封存，稍后会自动补上',
  notPrepared:
    '数据库里还没有学时簿的表。请设好 DATABASE_ADMIN_URL（能建表的账号），再启动一次机器人或导入一次名册，表会自动建好。',
  outdated: '数据库里的表比本程序旧。请设好 DATABASE_ADMIN_URL（能建表的账号），再启动一次机器人，表会自动升级。',
  newer: (what: string): string =>
    `数据库里的表比本程序新（${what}）。为免损坏台账，没有启动；请使用写入它的程序版本。`,
  adminRefused: (reason: string): string =>
    `建表没有成功（${reason}）。请检查 DATABASE_ADMIN_URL 的账号是否有建表的权限。`,
  adminAway: (reason: string): string =>
    `DATABASE_ADMIN_URL 连不上（${reason}）。请检查它的主机、账号和口令；不需要建表、恢复、迁移时，可以先去掉这一项。`,
  otherDatabase: (place: string, adminPlace: string): string =>
    `DATABASE_URL 和 DATABASE_ADMIN_URL 指的不是同一个数据库（“${place}”和“${adminPlace}”），没有改动任何内容。请核对主机、端口和数据库名：两个地址只有账号和口令可以不同。`,
  notEmpty: (institution: string): string =>
    `数据库里“${institution}”已有数据，没有写入任何内容。请换一个空的数据库，或用 INSTITUTION 指定另一个单位。`,
  inUse: '数据库里有人正在记账，没有写入任何内容。请先停止所有机器人，再执行一次。',
  forbidden: '这个数据库账号权限不够，读不了整本台账。请用 DATABASE_URL 指定机器人自己的账号。',
  serving: (owner: string): string =>
    `数据库正由机器人使用（${owner}），没有写入任何内容。请先停止所有机器人，再执行一次；它若已意外退出，请过半分钟再执行。`,
  noAside:
    '现有的台账有一处读不出来，不能先另存一份，所以没有恢复。请先用 pg_dump 保存现有的数据库，再建一个空的数据库，让 DATABASE_URL 指向它，然后再恢复。',
  adminNeeded: '这个账号无权改写整本台账，没有写入任何内容。请用 DATABASE_ADMIN_URL 指定建表的账号，再执行一次。',
  notLoaded: (place: string, what: string): string =>
    `${place}有问题：${what}，没有写入任何内容。请先用 verify 核对来源的数据。`,
} as const;
