/** What the bot and the command line say about files. */
export const documentTexts = {
  textFile: {
    empty: (name: string): string => `文件“${name}”是空的，请重新发送。`,
    tooLarge: (name: string, mb: number): string => `文件“${name}”超过 ${mb} MB，没有读取。请只保留文字再发送。`,
    foreign: (name: string): string =>
      `读不了文件“${name}”。请发送 Word 文档（.docx）或文本文件（.txt），也可以直接粘贴正文。`,
    noWords: (name: string): string =>
      `文件“${name}”里没有文字（扫描件和图片读不了），请发送可编辑的 Word 文档或直接粘贴正文。`,
    tooLong: (name: string, limit: number): string => `文件“${name}”超过 ${limit} 字，没有读取。请精简后再发送。`,
  },
  noFile: (path: string): string => `找不到文件“${path}”，请检查文件名和所在文件夹。`,
  notAFile: (path: string): string => `“${path}”是文件夹，不是文件，请写到具体的 .xlsx 文件。`,
  empty: '文件是空的（0 字节），请重新保存或重新发送。',
  tooBig: (mb: number): string => `文件超过 ${mb} MB，没有读取；请按年度拆成几个文件再试。`,
  tooBigUnpacked: '文件解压后过大，没有读取；请把需要的内容复制到一个新文件后再试。',
  tooManyRows: (limit: number): string => `文件超过 ${limit} 行，没有读取；请按年度拆成几个文件再试。`,
  tooMuchMemory: '文件里的内容范围过大，没有读取；请把需要的内容复制到一个新文件后再试。',
  tooSlow: '文件读了 30 秒还没有读完，已停止；请把需要的内容复制到一个新文件后再试。',
  tooLongText: (sheet: string, row: number, limit: number): string =>
    `工作表“${sheet}”第 ${row} 行有一格超过 ${limit} 字，没有读取；请缩短后再试。`,
  damaged: '文件已损坏或不完整，请用 Office 或 WPS 打开，另存一份后再试。',
  locked: '文件设了打开密码，无法读取，请取消密码后再试。',
  oldExcel: '这是旧版 Excel（.xls）或其他旧版办公文件，请用 Excel 或 WPS 另存为 .xlsx 再试。',
  binaryExcel: '这是二进制工作簿（.xlsb），请用 Excel 另存为 .xlsx 再试。',
  word: '这是 Word 文件，不是 Excel 工作簿，请发送 .xlsx 文件。',
  pdf: '这是 PDF 文件，不是 Excel 工作簿，请发送 .xlsx 文件。',
  picture: '这是图片，不是 Excel 工作簿，请发送 .xlsx 文件。',
  notExcelText: '这是文本（或 CSV）文件，请用 Excel 或 WPS 打开后另存为 .xlsx 再试。',
  unknownFile: '这不是 Excel 工作簿，请发送 .xlsx 文件。',
  noTable: (columns: readonly string[]): string =>
    `没有找到表头：前 10 行内应有“${columns.join('、')}”等列，请核对后再试。`,
  missingColumns: (sheet: string, columns: readonly string[]): string =>
    `工作表“${sheet}”缺少“${columns.join('、')}”列，请补上后再试。`,
  twiceColumn: (sheet: string, column: string): string =>
    `工作表“${sheet}”的表头有两列都是“${column}”，请只留一列后再试。`,
  ledgerSheet: '学时台账',
  ledgerTitle: (year: number | null): string => `${year === null ? '' : `${year}年`}干部教育培训学时台账`,
  rosterSheet: '干部名册',
  rosterTitle: '干部名册',
  /** The rows of a file that cannot go in. */
  faultTitle: '有误的行（改正后可直接发回导入，已导入的行不会重复）',
  rowColumn: '原文件行号',
  faultColumn: '问题',
  faultOf: ({ column, found, expected }: { column: string; found: string; expected: string }): string =>
    `“${column}”列${found === '' ? '是空白' : `写的是“${found}”`}，${expected}`,
  neither: (words: readonly string[]): string =>
    `没有看出这是什么表：${words.length === 0 ? '文件里没有内容' : `文件开头写的是“${words.join('、')}”`}。表头请放在前 10 行内：名册要有“姓名、工号、单位、职务、职级”，台账要有“姓名、工号、培训名称、内容、起止日期、学时”，年度计划要有“培训名称、时间、党性教育等学时、对象”，课程表要有“日期、起止、内容、学时”。`,
  /** A file came for a list of names with times or scores, and is something else. */
  otherTable: {
    ledger: '这个文件像是学时台账，不是现在要的表，没有采用。要导入台账，请交经办或档案管理员发送。',
    roster: '这个文件像是干部名册，不是现在要的表，没有采用。要导入名册，请交经办或档案管理员发送。',
    timetable: '这个文件像是课程表，不是现在要的表，没有采用。要用它开班，请经办先发送“建班”，再发这个文件。',
    plan: '这个文件像是年度培训计划，不是现在要的表，没有采用。要编入计划，请经办先发送“计划 年份”，再发这个文件。',
    scores: '这个文件像是成绩表，没有采用。请先发送“成绩 班号”，再发这个文件。',
    'sign-in': '这个文件像是签到表，没有采用。请先发送“考勤 班号 第几课次 签到表”，再发这个文件。',
  },
  shouldBe: (example: string): string => `应为${example}`,
  shouldBeOneOf: (words: readonly string[]): string => `应为${words.join('、')}之一`,
  tooLong: (limit: number): string => `应不超过 ${limit} 字`,
  reversed: '结束日期早于开始日期',
  noSuchDay: (year: number, month: number, day: number): string => `${year} 年没有 ${month} 月 ${day} 日，请写实际日期`,
  strangeYear: (year: number): string => `年份 ${year} 不合理，请核对`,
} as const;
