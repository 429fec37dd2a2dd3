import type { HourEntry, HourEvent, HourFacts } from '../domain/hours.ts';
import { cited } from './cited.ts';
import { contentNames, entryStateNames, formNames, kindNames, showDay, showHours, showSpan } from './glossary.ts';

/** 登记, 记录, 撤回 and what a decision on an entry says. */
export const slotNames = { hours: '学时', days: '日期', content: '内容', title: '培训名称' } as const;
export type Slot = keyof typeof slotNames;

const slotExamples: Record<Slot, string> = {
  hours: '3学时（或 半天、一天）',
  days: '昨天（或 2026-11-20）',
  content: '党性教育（或 理论教育、专业化能力、知识培训）',
  title: '《专题党课》',
};

/** `党性教育 · 3 学时 · 11月20日 · 《专题党课》`. */
export const describeFacts = (facts: HourFacts, today: string): string =>
  `${contentNames[facts.content]} · ${showHours(facts.hours)} 学时 · ${showSpan(facts.from, facts.to, today)} · 《${facts.title}》`;

export const factRows = (facts: HourFacts, today: string): readonly (readonly [string, string])[] => [
  ['培训名称', `《${facts.title}》`],
  ['内容', contentNames[facts.content]],
  ['学时', `${showHours(facts.hours)} 学时`],
  ['日期', showSpan(facts.from, facts.to, today)],
  ['类别', kindNames[facts.kind]],
  ['方式', formNames[facts.form]],
  ...(
    [
      ['主办', facts.organiser],
      ['地点', facts.place],
      ['证明材料', facts.proof],
      ['考核结果', facts.result],
      ['备注', facts.note],
    ] as const
  ).flatMap(([label, value]) => (value === null ? [] : [[label, value] as const])),
];

/** How an entry began that nobody has typed. */
const firstNames: Readonly<Record<HourEvent['source'], string | null>> = {
  chat: null,
  import: '由历史台账导入',
  course: '由平台学习记录提交',
  attendance: '由培训班考勤得出',
};

const amendable = [
  ['学时', ({ hours }: HourFacts) => showHours(hours)],
  ['内容', ({ content }: HourFacts) => contentNames[content]],
  ['类别', ({ kind }: HourFacts) => kindNames[kind]],
  ['方式', ({ form }: HourFacts) => formNames[form]],
] as const;

/** `类别由“未注明”改为“专题培训”`, for each of 学时, 内容, 类别 and 方式 that differs. */
export const describeChanges = (before: HourFacts, after: HourFacts): string[] =>
  amendable.flatMap(([label, of]) => (of(before) === of(after) ? [] : [`${label}由“${of(before)}”改为“${of(after)}”`]));

export const logTexts = {
  example: '登记 3学时 党性教育 昨天 《专题党课》',
  draftTitle: '请核对登记内容',
  draftSummary: (facts: HourFacts, today: string): string => `请核对：${describeFacts(facts, today)}`,
  draftHint: '回复“确认”提交，“修改”更正，“取消”放弃。',
  insistHint: '确要提交请点按钮或回复“仍要提交”，更正请回复“修改”，放弃请回复“取消”。',
  confirm: '确认',
  revise: '修改',
  cancel: '取消',
  insist: '仍要提交',
  missingTitle: '还差几项',
  wrongTitle: '请更正',
  /** What may be replied to a fault of the slot where no form is open. */
  replyRight: {
    hours: '可直接回复，例如：3学时、半天，或 2026-03-05至2026-03-07。',
    days: '可直接回复，例如：2026-11-20，或 2026-03-05至2026-03-07。',
  },
  known: (known: string): string => (known === '' ? '' : `已记下：${known}。`),
  /** `firm`: 确认 was said too early. */
  missing: (slots: readonly Slot[], firm: boolean): string =>
    `还差${slots.map((slot) => slotNames[slot]).join('、')}${firm ? '，补上后才能提交' : ''}。`,
  replyWith: (slots: readonly Slot[]): string =>
    `请直接回复，例如：${slots.map((slot) => slotExamples[slot].replace(/（.*）/, '')).join(' ')}`,
  missingHint: '回复“修改”打开表格填写，“取消”放弃。',
  /** A draft that waits for 确认 and a sentence that says nothing of it. */
  stillThere: (draft: string, said: string): string =>
    `没有看懂${cited(said)}，草稿没有改动，也没有提交：${draft}。要改请直接写，例如“学时 8”，或点“修改”。`,
  stillMissing: (slot: string, said: string): string =>
    `没看懂${cited(said)}。${slot in slotExamples ? `${slotNames[slot as Slot]}请这样写：${slotExamples[slot as Slot]}；` : ''}放弃请回复“取消”。没有提交。`,
  /** Words that were not used; `isName` when they may be somebody's name. */
  unused: (said: string, isName: boolean): string => `没有用上：“${said}”。${isName ? '只能登记本人的学时。' : ''}`,
  displaced: (title: string | null): string =>
    `上一份草稿${title === null ? '' : `《${title}》`}没有提交，已由这份代替。`,
  refused: {
    negation: '听起来这次培训没有参加，所以没有登记。已参加的培训请这样说：登记 3学时 党性教育 昨天 《专题党课》',
    question: '听起来您是在提问，所以没有登记。查学时请发送“进度”；登记请这样说：登记 3学时 党性教育 昨天 《专题党课》',
    others:
      '只能登记本人的学时，别人的请本人登记，所以没有登记。登记自己的请这样说：昨天下午听了《专题党课》，半天，党性教育',
    future: '培训还没有举行，没有登记；结束后再登记即可。如日期写错了，请写完整日期，例如：2026-11-20',
  },
  problem: (slot: string, reason: string, said: string): string => {
    const what = said === '' ? '' : `“${said}”`;
    switch (reason) {
      case 'impossible':
        return slot === 'hours'
          ? `学时${what}不对。请写大于 0 的数，例如：3学时、半天。`
          : `没有${what}这一天。请写正确的日期，例如：2026-11-20。`;
      case 'several':
        return slot === 'hours'
          ? `写了不止一个学时数${what}。请只写一个，例如：3学时。`
          : slot === 'days'
            ? `写了不止一个日期${what}。连续几天请写 2026-03-05至2026-03-07；不连续的请分次登记。`
            : `${what}有不止一种理解。请只写一个，例如：${slot === 'content' ? '党性教育' : '《专题党课》'}。`;
      case 'vague':
        return slot === 'hours'
          ? `${what}是多少学时？请点选，或直接回复，例如：3学时、半天。`
          : `${what}是哪一天？请写日期，例如：昨天、11月16日。`;
      case 'future':
        return `${what}还没有到，培训结束后再登记。如日期写错了，请写完整日期，例如：2026-11-20。`;
      case 'reversed':
        return `起止日期${what}前后颠倒。请这样写：2026-03-05至2026-03-07。`;
      case 'unknown':
        return `${what}没有看懂。${slot in slotExamples ? `${slotNames[slot as Slot]}请写：${slotExamples[slot as Slot]}。` : `例如：${logTexts.example}`}`;
      case 'too-long':
        return '培训名称太长，请不超过 100 字，写在《》里。';
      case 'unclosed':
        return '培训名称的书名号没有写完整，请写成《专题党课》。';
      default:
        return `${what}没有看懂。例如：${logTexts.example}`;
    }
  },
  /** A button that settles what was meant. */
  choice: {
    hours: (hours: number): string => `${showHours(hours)} 学时`,
    halfDays: (count: number, hours: number): string =>
      `${count === 1 ? '半天' : `${count / 2} 天`}（${showHours(hours)} 学时）`,
  },
  badAmount: (said: string): string => `学时${cited(said)}没有看懂。请写数字，例如：3、3.5、半天。`,
  future: '培训还没有举行，结束后再登记。如日期写错了，请改正。',
  tooOld: (days: number): string => `这次培训已超过 ${days} 天，不能在聊天中登记。请把材料交给组织部补录。`,
  tooLongSpan: (days: number): string => `一次培训最多 ${days} 天，请核对开始和结束日期。`,
  reversed: '结束日期早于开始日期，请核对。',
  spanTooShort: (hours: number, cap: number): string =>
    `这段时间最多能记 ${showHours(cap)} 学时，写的是 ${showHours(hours)} 学时。请核对日期或学时。`,
  tooManyHours: (day: string, hours: number, cap: number, ids: readonly number[]): string =>
    `${showDay(day)}合计将达 ${showHours(hours)} 学时，超过每天 ${showHours(cap)} 学时的上限（已有登记号 ${ids.join('、')}）。请核对日期或学时。`,
  duplicate: (entry: HourEntry, today: string): string =>
    `您已有相近的记录：登记号 ${entry.id}，${describeFacts(entry, today)}（${entryStateNames[entry.state]}）。如确是另一次培训，请点“仍要提交”。`,
  submittedTitle: '已提交，等待组织部审核',
  submitted: (entry: HourEntry): string => `已提交，登记号 ${entry.id}，等待组织部审核。`,
  submittedHint: (id: number): string => `写错了？审核前可发送“撤回 ${id}”。`,
  notYours: (id: number): string => `没有找到您的登记号 ${id}。发送“记录”查看您的全部登记号。`,
  notReturned: (id: number, state: string): string => `登记号 ${id} 现在是“${state}”，不能修改。`,
  resubmit: '修改后重新提交',
  reviseTitle: '修改登记内容',
  reviseSummary: '请修改后提交，提交前还会请您核对。',
  reviseSubmit: '核对',
  form: {
    amount: '学时（如 3、3.5、半天）',
    from: '开始日期',
    to: '结束日期',
    kind: '类别',
    form: '方式',
    organiser: '主办（可不填）',
    place: '地点（可不填）',
    title: '登记学时',
    blank: '请填写后核对；也可以直接说，例如：3学时 党性教育 昨天 《专题党课》',
  },
} as const;

export const dialogTexts = {
  nothingToConfirm: '现在没有等待确认的内容。登记学时请这样说：登记 3学时 党性教育 昨天 《专题党课》',
  nothingToCancel: '现在没有可以取消的内容。撤回已提交的登记请发送“撤回 登记号”。',
  nothingToRevise: '现在没有可以修改的草稿。已退回的登记请发送“修改 登记号”。',
  /** 确认 or 取消 with other words behind it. */
  notAlone: '没有看懂，没有提交。提交草稿请只回复“确认”，放弃请只回复“取消”；撤回已提交的登记请发送“撤回 登记号”。',
  /** What became of the draft of an old card. */
  ended: {
    submitted: '已经提交过，没有重复操作。',
    cancelled: '这份草稿已取消，没有提交。',
    replaced: '这份草稿已被新的草稿代替，没有提交。',
    expired: '这份草稿已过期，没有提交。',
  },
  /** A draft of another command, or an empty form of its own, has taken its place. */
  lost: (command: string, by: string): string =>
    command === by
      ? `原来没有提交的“${command}”草稿已由这张空表代替，没有保存。`
      : `原来没有提交的“${command}”草稿已由这份代替，没有保存；还需要的请重新发送“${command}”。`,
  startAgain: (command: string): string => (command === '登记' ? '请重新登记。' : `请重新发送“${command}”。`),
  cancelledTitle: '好的',
  cancelled: '已取消，没有作任何改动。',
} as const;

const eventNames: Record<HourEvent['type'], string> = {
  submitted: '提交',
  approved: '认定',
  returned: '退回',
  rejected: '驳回',
  withdrawn: '撤回',
  voided: '作废',
  corrected: '更正',
};

export const recordTexts = {
  title: (name: string): string => `${name}的学时记录`,
  none: '还没有学时记录。登记请这样说：登记 3学时 党性教育 昨天 《专题党课》',
  inYear: (year: number): string => `${year} 年`,
  /** `about` as in `2026 年待审核党性教育`. */
  noneOf: (about: string): string => `${about}没有学时记录。发送“记录”查看全部。`,
  summary: (count: number, about: string): string => `${about}共 ${count} 条学时记录。`,
  unread: (said: string): string =>
    `没有看懂${cited(said)}。可以这样说：记录，记录 2025，记录 待审核，记录 党性教育，记录 第2页，记录 1001。`,
  columns: ['登记号', '日期', '培训名称', '内容', '学时', '状态'],
  page: (page: number, pages: number): string => `第 ${page} 页，共 ${pages} 页`,
  earlier: '更早的',
  later: '更近的',
  openHint: '看某条的经过请发送“记录 登记号”。',
  detailTitle: (id: number): string => `登记号 ${id}`,
  detailSummary: (entry: HourEntry): string =>
    `登记号 ${entry.id}：${entryStateNames[entry.state]}，${showHours(entry.hours)} 学时。`,
  /** `by` is null when nobody on the roster did it; `before` are the facts until then. */
  history: (event: HourEvent, by: string | null, at: string, before: HourFacts | null): string => {
    const details = [
      ...(by === null ? [] : [by]),
      ...(event.facts === null
        ? []
        : before === null
          ? [`${showHours(event.facts.hours)} 学时`]
          : describeChanges(before, event.facts)),
    ];
    const reason = event.reason === null ? '' : `，${event.type === 'approved' ? '说明' : '理由'}：${event.reason}`;
    return `${at} ${(before === null ? firstNames[event.source] : null) ?? eventNames[event.type]}（${details.join('，')}）${reason}`;
  },
  historyTitle: '**经过**',
} as const;

export const withdrawTexts = {
  confirmTitle: '要撤回这一条吗？',
  confirm: (entry: HourEntry, today: string): string =>
    `要撤回的是登记号 ${entry.id}：${describeFacts(entry, today)}。请点“撤回”或回复“确认”；不撤回请回复“取消”。`,
  yes: '撤回',
  no: '不撤回',
  whichTitle: '要撤回哪一条？',
  whichRecent: (list: string): string => `刚才登记了不止一条：\n${list}\n请点选，或回复登记号；都不撤回请回复“取消”。`,
  one: (id: number): string => `撤回 ${id}`,
  confirmOne: (id: number): string => `撤回登记号 ${id}？`,
  notChosen: (said: string): string =>
    `没看懂${cited(said)}，没有撤回。请回复登记号，或“第一条”；都不撤回请回复“取消”。`,
  doneTitle: '已撤回',
  tooMany: (most: number): string => `一次最多撤回 ${most} 条，没有撤回。请分几次发送。`,
  which: (list: string): string => `请写明登记号。可撤回的有：\n${list}\n例如：撤回 `,
  none: '您没有可以撤回的登记（只有审核前的才能撤回）。已认定的记录有误，请联系组织部。',
  done: (entry: HourEntry): string => `已撤回登记号 ${entry.id}《${entry.title}》，不计入待审核学时。`,
  notOpen: (id: number, state: string): string =>
    `登记号 ${id} 现在是“${state}”，不能撤回。已认定的记录有误，请联系组织部。`,
} as const;

/** What the person hears when the department has decided. */
export const decisionTexts = {
  title: { approved: '学时已认定', returned: '登记被退回，请补充后重新提交', rejected: '登记未通过' },
  approved: (entry: HourEntry, before: HourFacts): string => {
    const claimed = entry.hours === entry.claimedHours ? '' : `（申报 ${showHours(entry.claimedHours)} 学时）`;
    const changes = describeChanges({ ...before, hours: entry.hours }, entry).map((change) => `，${change}`);
    const reason = entry.reason === null ? '' : `说明：${entry.reason.replace(/[。.]$/, '')}。`;
    return `登记号 ${entry.id}《${entry.title}》已认定 ${showHours(entry.hours)} 学时${claimed}${changes.join('')}。${reason}`;
  },
  returned: (entry: HourEntry): string =>
    `登记号 ${entry.id}《${entry.title}》被退回：${entry.reason ?? ''}。请点“修改”，补充后重新提交。`,
  rejected: (entry: HourEntry): string =>
    `登记号 ${entry.id}《${entry.title}》未通过：${entry.reason ?? ''}。如有疑问请联系组织部。`,
  reflection: (dueOn: string, minimum: number): string =>
    `这次培训需要交学习体会：${showDay(dueOn)}前，不少于 ${minimum} 字。`,
  handIn: '交学习体会',
} as const;
