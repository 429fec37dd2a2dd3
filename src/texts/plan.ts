import type { ComingHours, Forecast, PlannedTraining } from '../domain/annual-plan.ts';
import type { Course } from '../domain/course.ts';
import { lastDayOf, monthOf, yearOf } from '../domain/day.ts';
import { cited } from './cited.ts';
import { contentNames, showDay, showHours, showPercent, showSpan } from './glossary.ts';

const partsOf = ({ parts }: Pick<PlannedTraining, 'parts'>): string =>
  parts.map(({ content, hours }) => `${contentNames[content]} ${showHours(hours)}`).join('、');

/** `3月`, `3—4月`, `12—次年1月`, `3月5日至7日`. */
const time = ({ from, to }: Pick<PlannedTraining, 'from' | 'to'>): string => {
  if (!from.endsWith('-01') || to !== lastDayOf(monthOf(to))) return showSpan(from, to, from);
  const [first, last] = [Number(from.slice(5, 7)), Number(to.slice(5, 7))];
  if (monthOf(from) === monthOf(to)) return `${first}月`;
  return `${first}—${yearOf(from) === yearOf(to) ? '' : '次年'}${last}月`;
};

const opened = (course: Course | undefined): string => {
  if (course === undefined || course.state === 'cancelled') return '';
  return course.state === 'proposed' ? `（培训班 ${course.id} 待审定）` : `（已开班 ${course.id}）`;
};

const named = (list: readonly PlannedTraining[]): string => list.map(({ id, title }) => `${id}《${title}》`).join('、');

const example = '《党性教育专题班》 3月 党性教育 12学时 专业化能力 4学时 全体正职';

/** 计划: the year's plan, and where it leads a person. */
export const planTexts = {
  title: (year: number): string => `${year} 年度培训计划`,
  empty: (year: number): string => `${year} 年还没有培训计划。`,
  summary: (year: number, count: number, hours: number, share: number | null): string =>
    `${year} 年计划培训 ${count} 项，共 ${showHours(hours)} 学时，理论教育和党性教育占 ${showPercent(share)}。`,
  columns: ['培训', '时间', '内容（学时）', '对象', '编号'],
  row: (training: Omit<PlannedTraining, 'id'>, course?: Course): string[] => [
    `${training.title}${opened(course)}`,
    time(training),
    partsOf(training),
    training.audience,
  ],
  below: (limit: number): string => `低于 ${limit} % 的要求（三.4），须由部长写明理由审定。`,
  belowApproved: (limit: number): string => `低于 ${limit} % 的要求（三.4），部长已写明理由审定。`,
  enough: (limit: number): string => `达到 ${limit} % 的要求（三.4）。`,
  approvedBy: (name: string, day: string, reason: string | null): string =>
    `已由${name}于${showDay(day)}审定${reason === null ? '' : `，理由：${reason}`}。`,
  notApproved: '尚未审定。',
  counts: '审定后，干部的进度预测按计划计算。',
  changed: (added: readonly PlannedTraining[], gone: readonly PlannedTraining[]): string =>
    `与上次审定相比：${[
      ...(added.length === 0 ? [] : [`新增 ${named(added)}`]),
      ...(gone.length === 0 ? [] : [`去掉 ${named(gone)}`]),
      ...(added.length + gone.length === 0 ? ['没有不同'] : []),
    ].join('，')}。审定前，进度预测仍按上次审定的计划计算。`,
  noProfessional: (year: number, count: number): string =>
    count === 0
      ? `${year} 年每位在职干部都已安排专业化能力培训（三.5）。`
      : `还有 ${count} 人没有安排 ${year} 年的专业化能力培训（三.5 每年至少一次）。`,
  listGap: '看名单',
  gapTitle: (year: number): string => `${year} 年未安排专业化能力培训`,
  gapLine: (unit: string, names: readonly string[]): string => `${unit}：${names.join('、')}`,
  formLabel: `新增培训（一行一项，可从 Excel 复制；如：${example}）`,
  formSubmit: '核对',
  approve: '审定计划',
  approveAsk: (year: number): string => `审定后，${year} 年的计划对全体干部生效。确定审定吗？`,
  approveWithReason: '说明理由并审定',
  reasonLabel: (limit: number): string => `低于 ${limit} % 的理由`,
  reasonNeeded: (limit: number, year: number): string =>
    `${year} 年计划的理论教育和党性教育比重低于 ${limit} %，还没有审定。请写明理由，可以直接回复；不审定请回复“取消”。`,
  submit: '报部长审定',
  toApprove: '去审定',
  nextForClerk: (year: number): string => `编好后请发送“计划 ${year} 报审”，由部长审定后生效。`,
  nextForHead: (year: number): string => `编好后请审定：发送“计划 ${year} 审定”。`,
  submitted: (year: number, heads: readonly string[]): string =>
    `年度计划由部长审定：${year} 年计划已报${heads.join('、')}，审定后会告诉您。计划再有变动，须重新报审。`,
  submittedAlready: (year: number): string => `${year} 年计划已报部长审定，没有重复报送。`,
  approvedAlready: (year: number): string => `${year} 年计划已审定，没有变动，不用再审。`,
  noHead: (year: number): string =>
    `年度计划由部长审定，但名册中没有在职的部长，没有报送。请由档案管理员设置角色后，再发送“计划 ${year} 报审”。`,
  sendBack: '退回修改',
  sendBackTitle: '退回年度计划',
  sendBackAsk: (year: number): string => `${year} 年计划要怎么改？请写明理由，经办会收到。`,
  sendBackHint: '也可以直接发送理由；不退回请发送“取消”。',
  sendBackLabel: '要改什么',
  noReason: (said: string): string => `${cited(said)}看不出要改什么，请写具体些，如：增加专业化能力培训。`,
  sentBack: (year: number, name: string): string => `已把 ${year} 年计划退回${name}，改好后会重新报审。`,
  notSubmitted: (year: number): string => `${year} 年计划没有报审，不用退回。`,
  toldSentBack: (year: number, by: string, reason: string): string =>
    `${by}退回了 ${year} 年度培训计划：${reason}。改好后请再报审。`,
  returnedBy: (name: string, day: string, reason: string): string =>
    `${name}于${showDay(day)}退回：${reason}。改好后请再报审。`,
  headOnly: '年度计划由部长审定或退回。',
  waits: (name: string): string => `已由${name}报部长审定，等待审定。`,
  askTitle: '年度计划待审定',
  ask: (by: string): string => `${by}报请审定年度培训计划：`,
  toldApproved: (year: number, by: string): string => `您报送的 ${year} 年度培训计划已由${by}审定。`,
  changedSince: (year: number): string => `${year} 年计划在您打开这张卡片后有变动，没有审定。请看过现在的计划再审定。`,
  approvedNow: (year: number): string => `${year} 年度培训计划已审定。`,
  nothingToApprove: (year: number): string => `${year} 年还没有计划，不能审定。`,
  hint: (year: number): string =>
    `也可以发送：计划 ${year} 加 ${example}；计划 ${year} 去掉 1001；或发送 Excel 计划表（文件名或标题写明年份，如 ${year}年计划.xlsx）。`,
  draftTitle: '请核对计划',
  draft: (year: number, count: number, hours: number): string =>
    `${year} 年新增 ${count} 项培训，共 ${showHours(hours)} 学时。`,
  draftShare: (before: number | null, after: number | null): string =>
    `全年理论教育和党性教育占比：${before === null ? '' : `${showPercent(before)} → `}${showPercent(after)}，`,
  past: (list: readonly Pick<PlannedTraining, 'title' | 'from' | 'to'>[]): string =>
    `有 ${list.length} 项的时间已经过去：${list
      .slice(0, 5)
      .map((one) => `《${one.title}》${time(one)}`)
      .join('、')}${list.length > 5 ? '等' : ''}。请核对年份和月份。`,
  yearAssumed: (year: number): string =>
    `文件没有写明年份，按 ${year} 年编入。不对请发送“取消”，再连同“计划 ${year + 1}”这几个字发送文件。`,
  yearDoubted: (year: number, other: number): string =>
    `文件里写的是 ${other} 年，现按 ${year} 年编入。不对请发送“取消”，再连同“计划 ${other}”这几个字发送文件。`,
  people: (count: number): string => `${count} 人`,
  confirm: (count: number): string => `加入 ${count} 项`,
  cancel: '取消',
  reopened: '计划有变动，须重新审定。',
  stillInForce: '计划有变动，须重新审定；审定前，进度预测仍按上次审定的计划计算。',
  added: (year: number, count: number): string => `已加入 ${year} 年计划 ${count} 项。`,
  lineFault: (line: number, said: string, what: string): string => `第 ${line} 行${cited(said, 30)}${what}`,
  faultsOf: (faults: readonly string[]): string => faults.join('；'),
  lacks: {
    title: '缺培训名称',
    parts: '缺内容和学时，如 党性教育 12学时',
    oddParts: '内容和学时没有看懂，每项内容后写学时，学时要大于 0，如 党性教育 12学时',
    audience: '缺对象，如 全体正职、教务处全体',
  },
  times: {
    missing: (): string => '缺时间，如 3月、3月至4月、3月5日至7日、一季度、全年',
    unreal: (): string => '没有这个时间，请写成 3月、3月至4月 或 3月5日至7日',
    several: (): string => '时间不止一段，请分成几项；连续的月份请写成 3月至4月',
    reversed: (): string => '结束早于开始；跨年请写成 11月至次年2月',
    'other-year': (year: number): string => `时间不在 ${year} 年`,
  },
  strayNumbers: (words: readonly string[]): string => `没有看懂：${words.join('、')}`,
  unknown: (words: readonly string[]): string => `没有找到：${words.join('、')}`,
  doubtful: (words: readonly string[]): string => `有同名的：${words.join('、')}，请写工号`,
  nobody: '没有符合的在职干部',
  faulty: (count: number): string => `有 ${count} 行需要改正，没有加入：`,
  example: `例如：计划 2027 加 ${example}`,
  audienceHelp: '对象可以写：全体正职、全体副职、教务处全体、优秀年轻干部、所有人，或姓名、工号，用“、”隔开。',
  fileFaults: (fileName: string, count: number): string => `“${fileName}”有 ${count} 处需要改正，没有加入：`,
  fileFault: (sheet: string, row: number, what: string): string => `${sheet} 第 ${row} 行${what}`,
  fileEmpty: (fileName: string): string =>
    `“${fileName}”里没有培训。列名：培训名称、时间、理论教育、党性教育、专业化能力、知识培训（学时）、对象；或用“内容”“学时”两列代替四列学时。`,
  tooMany: (most: number): string => `一年的计划最多 ${most} 项。`,
  dropped: (training: PlannedTraining): string =>
    `已从 ${training.year} 年计划去掉 ${training.id}《${training.title}》。`,
  restore: '恢复',
  restored: (training: PlannedTraining): string =>
    `已恢复 ${training.year} 年计划的 ${training.id}《${training.title}》。`,
  hasClass: ({ id, title }: PlannedTraining, course: Course): string =>
    course.state === 'closed'
      ? `${id}《${title}》的培训班 ${course.id} 已结班，不能从计划里去掉。`
      : `${id}《${title}》已有培训班 ${course.id}，没有去掉。不办了请先取消培训班，如：培训 ${course.id} 取消 理由 另行安排`,
  noSuch: (id: number, year?: number): string =>
    year === undefined
      ? `计划里没有编号 ${id}。发送“计划”查看。`
      : `${year} 年计划里没有编号 ${id}。发送“计划 ${year}”查看。`,
  deskOnly: '年度计划由经办、部长编制。发送“计划”看您自己的培训安排和预测。',
  ownTitle: (name: string): string => `${name}的培训安排`,
  ownSummary: (found: Forecast): string => forecastLine(found),
  notCounted: '您按年度要求统计，没有五年学时的预测。',
  coming: '**接下来**',
  comingLine: ({ title, from, on, hours }: ComingHours, today: string): string =>
    `${showDay(on, today)}${from === on ? '' : '前'} 《${title}》 ${showHours(hours)} 学时`,
  afterCycle: (line: string): string => `${line}（本周期以后，不计入预测）`,
  nothing: '没有已安排的培训。',
  closing: '**可以补上差额的培训**（请与组织部商量参加）',
  unread: (said: string): string => `没有看懂${cited(said)}。可以这样说：计划，计划 2027。`,
} as const;

/** The one sentence of a forecast, as 进度 says it, too. */
export const forecastLine = ({ coming, reachedOn, missing, earned, quota, closing }: Forecast): string => {
  if (earned >= quota) return '已达到五年学时要求。';
  const planned = coming === 0 ? '没有已安排的培训' : `已安排的培训还有 ${showHours(coming)} 学时`;
  if (reachedOn !== null) return `${planned}，预计${showDay(reachedOn)}前达到五年学时要求。`;
  const names = closing.map(({ title, hours }) => `《${title}》${showHours(hours)} 学时`).join('、');
  const rest =
    closing.length === 0
      ? ''
      : `参加${names}可以补上${closing.reduce((sum, { hours }) => sum + hours, 0) >= missing ? '' : '一部分'}。`;
  return `${planned}，按计划到周期末还差 ${showHours(missing)} 学时。${rest}`;
};
