import type { Course } from '../domain/course.ts';
import { cited } from './cited.ts';
import { courseName } from './course.ts';
import { showSpan } from './glossary.ts';

type Named = Pick<Course, 'id' | 'title'>;

const listed = (words: readonly string[], most: number): string =>
  words.length > most ? `${words.slice(0, most).join('、')}等` : words.join('、');

/** 建班: opening a class, and the department head's word on one whose share is too small. */
export const openTexts = {
  title: '建班',
  fields: {
    title: '班名',
    startsOn: '第一天（课程表照原来的间隔顺延）',
    timetable: '课程表（一行一个课次）',
    kind: '类别',
    form: '方式',
    level: '级别',
    organiser: '主办',
    place: '地点',
    tutor: '班主任（姓名或工号）',
    signsOut: '签退',
    credits: '学时入账',
    reflection: '学习体会字数（不交请填 0）',
    reflectionDays: '体会期限（结束后几天）',
    exam: '闭卷考试及格分（不考请填 0）',
    repeats: '是哪一个班的下一期（班号）',
    reason: '低于规定比例的理由',
  },
  signsOut: { yes: '要签退', no: '不签退' },
  credits: { each: '每个课次确认考勤后', end: '全部课次结束后' },
  formSummary: '请填写培训班和参训人员，保存前还会请您核对。课程表也可以发送 Excel。',
  formSubmit: '核对',
  templateButton: '下载课程表模板',
  timetableHint: '例如：11-24 09:00-11:30 党性教育 3学时 党性修养专题 张教授 报告厅',
  timetableFromFile: (sessions: number): string =>
    `课程表已有 ${sessions} 个课次，太长，不在表单里显示；要改请修改 Excel 后重新发送，人员和其他内容都会保留。`,
  noStart: '请选择第一天。',
  noSuchDay: (day: string, repeats: string): string =>
    `没有${cited(day)}这一天，请核对第一天。可以这样说：下一期 ${repeats} 12月8日 全体正职。`,
  noTutor: (said: string): string => `没有找到在职的${cited(said)}，请填写姓名或工号；重名的请填工号。`,
  badLength: '请填写字数，例如 800；不交体会请填 0。',
  badDays: '请填写天数，例如 14。',
  badMark: '请填写 1 至 100 的及格分；不考试请填 0。',
  noRepeats: (said: string): string => `没有班号为 ${said} 的培训班，请核对，或留空。`,
  draftTitle: '请核对培训班',
  draftSummary: (title: string, from: string, to: string, sessions: number, people: number, today: string): string =>
    `请核对：《${title}》，${showSpan(from, to, today)}，${sessions} 个课次，参训 ${people} 人。`,
  reflection: (length: number, days: number): string => `不少于 ${length} 字，结束后 ${days} 天内提交`,
  exam: (mark: number): string => `${mark} 分及格`,
  none: '无',
  nextRunOf: '接续',
  clash: (course: Named, when: string, names: readonly string[]): string =>
    `与培训班 ${courseName(course)}（${when}）时间冲突 ${names.length} 人：${listed(names, 10)}。`,
  away: (course: Named, names: readonly string[]): string =>
    `这几天已在培训班 ${courseName(course)}请假 ${names.length} 人：${listed(names, 10)}。`,
  again: (names: readonly string[]): string =>
    `参加过以前的期次、已得学时的有 ${names.length} 人，再参加会另记学时：${listed(names, 10)}。`,
  offDays: (days: readonly string[]): string => `在周末或节假日：${listed(days, 10)}。`,
  doubtfulDays: (days: readonly string[]): string => `当年放假安排尚未公布，请核对是否上班：${listed(days, 10)}。`,
  past: (count: number, all: boolean): string =>
    `${all ? (count === 1 ? '这个课次' : '全部课次都') : `有 ${count} 个课次`}已经过去：在点名之前不会有人算缺勤，请在“考勤”中补录。`,
  warnings: '**请留意**',
  below: (share: number, required: number): string =>
    `理论教育和党性教育只占 ${share} %，低于规定的 ${required} %（三.4）。确认后先报部长审定，部长同意并说明理由后才开班。要写明理由请回复“理由 …”，一并报部长。`,
  belowForHead: (share: number, required: number): string =>
    `理论教育和党性教育只占 ${share} %，低于规定的 ${required} %（三.4）。请写明理由后确认，理由将存档；也可以回复“理由 …”。`,
  plea: (reason: string): string => `经办的理由：${reason}`,
  willTell: '同意后开班并逐人通知。',
  reasonGiven: (reason: string): string => `低于规定比例的理由：${reason}`,
  reasonNeeded: '请写明理由，将存档备查。',
  confirm: (people: number): string => `确认（${people} 人）`,
  propose: (people: number): string => `报部长审定（${people} 人）`,
  edit: '修改',
  cancel: '取消',
  hint: '增减人员请回复“加上 姓名”或“去掉 姓名”；也可以发送 Excel 课程表替换课次。',
  planned: (year: number, id: number): string => `对应 ${year} 年度培训计划的第 ${id} 项。`,
  openedTitle: '已开班',
  opened: (course: Named, people: number, isOver: boolean): string =>
    `已建立培训班 ${courseName(course)}，参训 ${people} 人${isOver ? '。课次都已过去，没有发通知，请在“考勤”中补录。' : '，已逐人通知。'}`,
  proposedTitle: '已报部长审定',
  proposed: (course: Named, heads: number): string =>
    heads === 0
      ? `培训班 ${courseName(course)}已保存，须由部长审定，但名册中没有在职的部长。请由档案管理员设置角色后，由部长发送“培训 ${course.id}”审定。`
      : `培训班 ${courseName(course)}已保存并报部长审定；同意后开班并通知参训人员，结果会告诉您。`,
  showCourse: '查看培训班',
  announceTo: (group: string): string => `发到“${group}”`.slice(0, 20),
  askTitle: '培训班待审定',
  ask: (course: Named, by: string, share: number, required: number): string =>
    `${by}建立的培训班 ${courseName(course)}，理论教育和党性教育占 ${share} %，低于规定的 ${required} %（三.4），请审定。`,
  verdict: '决定',
  verdicts: { approve: '同意开班', refuse: '不同意' },
  verdictReason: '理由（将存档）',
  verdictSubmit: '提交决定',
  verdictHint: (id: number): string => `也可以回复：建班 ${id} 同意 理由，或 建班 ${id} 不同意 理由。`,
  notWaiting: (course: Named): string => `培训班 ${courseName(course)}已不在等待审定，没有改动。`,
  headOnly: '低于规定比例的培训班由部长审定，您没有这项权限。',
  approvedTitle: '已同意开班',
  approved: (course: Named, people: number): string => `已同意，培训班 ${courseName(course)}开班，参训 ${people} 人。`,
  refusedTitle: '已退回',
  refused: (course: Named): string => `已不同意开班，培训班 ${courseName(course)}已取消，并告知建班人。`,
  toldApproved: (course: Named, reason: string): string =>
    `部长已同意培训班 ${courseName(course)}开班，理由：${reason.replace(/[。.]$/, '')}。`,
  toldRefused: (course: Named, reason: string): string =>
    `部长没有同意培训班 ${courseName(course)}开班，已取消，理由：${reason.replace(/[。.]$/, '')}。可以发送“下一期 ${course.id}”以它为底稿重新建班。`,
  notUnderstood: (said: string): string =>
    `没有看懂${cited(said)}。班名请写在书名号里，例如：建班 《党性教育专题班》 11月24日 9:00-11:30 党性教育 3学时 全体正职。`,
  noOtherLine: (said: string): string =>
    `没有采用${cited(said)}，课程表没有改动。还缺的可以直接补，例如：3学时；再加一个课次请写全，例如：12月9日 14:00-16:30 理论教育 3学时；已写的要改，请在表单的课程表里修改。`,
  unreadForm: (said: string): string =>
    `没有看懂${cited(said)}。请在表单里填写，也可以直接回复，例如：班名 党性教育专题班，教务处全体，体会800字。`,
  unread: (said: string): string =>
    `没有看懂${cited(said)}。增减人员请回复“加上 王芳”或“去掉 王芳”，要改其他内容请点“修改”，也可以直接说，例如：体会800字；保存请回复“确认”。`,
} as const;
