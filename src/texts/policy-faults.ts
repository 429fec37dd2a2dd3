/** A space between Chinese and a word, number or quotation after it. */
const after = (text: string): string => (/^[\w"{[-]/.test(text) ? ` ${text}` : text);
const before = (text: string): string => (/[\w"}\]]$/.test(text) ? `${text} ` : text);

/** What the operator reads about the policy files: one sentence per fault — file, rule, what was found, what is expected. */
export const policyFaults = {
  heading: (count: number): string => `制度参数有 ${count} 处错误，请改正后重新启动：`,
  folder: (dir: string): string => `找不到制度参数文件夹 ${dir}，应为含 *.json 的文件夹，请检查 POLICY_DIR。`,
  unreadable: (file: string, code: string): string => `${file}：读不出来（${code}），应为可读的 UTF-8 文件。`,
  json: (file: string, line: number, column: number): string =>
    `${file}：第 ${line} 行第 ${column} 个字符处不是正确的 JSON，应检查此处及之前的逗号、引号和括号。`,
  place: (rule: string, path: string): string => `${before(rule)}的${after(path)}`,
  /** `where` is the rule or the table with the place in it. */
  value: (file: string, where: string, found: string, expected: string): string =>
    `${file}：${before(where)}是${after(found)}，应为${after(expected)}。`,
  key: (file: string, where: string, found: string): string =>
    `${file}：${before(where)}多了${after(found)}，应删去或改正拼写。`,
  unknownRule: (file: string, name: string, missing: readonly string[]): string =>
    `${file}：规则 ${name} 不认识，应为${missing.length === 0 ? '已有的规则名，或删去这一条' : `尚缺的 ${missing.join('、')} 之一`}。`,
  missingRule: (name: string): string => `缺少规则 ${name}，应在某个 *.json 的 rules 里写明一次。`,
  repeatedRule: (file: string, name: string, first: string): string =>
    `${file}：规则 ${name} 在 ${first} 里已经写过，应只写一次。`,
  unit: (file: string, name: string, found: string, expected: string): string =>
    `${file}：规则 ${name} 的单位是“${found}”，应为“${expected}”。`,
  order: (file: string, name: string, found: string, before: string): string =>
    `${file}：规则 ${name} 的版本 ${found} 排在 ${before} 之后，应按生效日期从早到晚排列且不重复。`,
  cycleStart: (file: string, found: string, expected: string): string =>
    `${file}：规则 cycle 自 ${expected} 起的周期从 ${found} 开始，应与生效日期相同。`,
  cycleGap: (file: string, found: string, expected: string): string =>
    `${file}：规则 cycle 的周期从 ${found} 开始，应紧接上一周期，从 ${expected} 开始。`,
  contradiction: (day: string, left: string, leftValue: string, right: string, rightValue: string): string =>
    `自 ${day} 起，${left} 是 ${leftValue}，应不大于 ${right}（${rightValue}）。`,
  /** Where rules stand that were decided in chat, in place of a file's name. */
  decisions: '参数变更',
  noSuchRule: (name: string): string => `没有规则 ${name}。`,
  badValue: (title: string, expected: string): string => `“${title}”应为${after(expected)}。`,
  holidayName: (file: string): string => `holidays/${file}：文件名不对，应为 2026.json 这样的年份。`,
  holidayYear: (file: string, day: string): string => `${file}：${day} 不在这一年，应只写本年的日期。`,
  holidayTwice: (file: string, day: string): string => `${file}：${day} 写了两次，应只写一次。`,
  holidayWork: (file: string, day: string): string => `${file}：调休上班日 ${day} 不是周六或周日，应为周末的日期。`,
} as const;
