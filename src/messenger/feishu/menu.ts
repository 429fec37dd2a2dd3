/** A key of the bot's menu, as it is entered in the platform's console, and what pressing it says to the bot. */
export interface MenuEntry {
  readonly key: string;
  readonly says: string;
}

/**
 * Everything that people ask for without adding a word, by who needs it. The menu is the same for all; who presses what
 * is not theirs is told so.
 */
export const menu = {
  everybody: [
    { key: 'progress', says: '进度' },
    { key: 'log', says: '登记' },
    { key: 'todo', says: '待办' },
    { key: 'records', says: '记录' },
    { key: 'withdraw', says: '撤回' },
    { key: 'reflection', says: '体会' },
    { key: 'courses', says: '培训' },
    { key: 'sign_in', says: '签到' },
    { key: 'sign_out', says: '签退' },
    { key: 'leave', says: '请假' },
    { key: 'end_leave', says: '销假' },
    { key: 'make_up', says: '补训' },
    { key: 'objection', says: '异议' },
    { key: 'scores', says: '成绩' },
    { key: 'plan', says: '计划' },
    { key: 'reminders', says: '提醒' },
    { key: 'bind', says: '绑定' },
    { key: 'help', says: '帮助' },
  ],
  unitHead: [{ key: 'own_unit', says: '本单位' }],
  department: [
    { key: 'review', says: '审核' },
    { key: 'log_for_others', says: '代登' },
    { key: 'open_course', says: '建班' },
    { key: 'enrolment', says: '名单' },
    { key: 'check_in_code', says: '签到码' },
    { key: 'roll', says: '考勤' },
    { key: 'close_course', says: '结班' },
    { key: 'overdue', says: '逾期' },
    { key: 'urge', says: '催办' },
    { key: 'statistics', says: '统计' },
    { key: 'bulletin', says: '通报' },
    { key: 'roster', says: '干部' },
    { key: 'import', says: '导入' },
    { key: 'export', says: '导出' },
    { key: 'rules', says: '参数' },
    { key: 'burden', says: '自查' },
    { key: 'audit', says: '审计' },
  ],
  archivist: [{ key: 'roster_batch', says: '批量' }],
} as const satisfies Readonly<Record<string, readonly MenuEntry[]>>;

const sayings: ReadonlyMap<string, string> = new Map(
  Object.values<readonly MenuEntry[]>(menu).flatMap((entries) =>
    entries.flatMap(({ key, says }): [string, string][] => [
      [key, says],
      [says, says],
    ]),
  ),
);

/** What pressing a key says, which may be the word itself; a key that only the console knows asks what can be done. */
export const readMenuKey = (key: string): string => sayings.get(key) ?? '帮助';
