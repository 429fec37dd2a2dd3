import type { Course } from '../domain/course.ts';
import { cited } from './cited.ts';
import { courseName } from './course.ts';

type Named = Pick<Course, 'id' | 'title'>;
const listed = (words: readonly string[], most: number): string =>
  words.length > most ? `${words.slice(0, most).join('、')}等 ${words.length} 人` : words.join('、');

/** 名单: who is in a class. */
export const enrolmentTexts = {
  title: '参训名单',
  summary: (course: Named, people: number, units: number): string =>
    `培训班 ${courseName(course)}参训 ${people} 人，来自 ${units} 个单位。`,
  empty: (course: Named): string =>
    `培训班 ${courseName(course)}现在没有参训人员。请发送：名单 ${course.id} 加上 教务处全体。`,
  unit: (unit: string, names: readonly string[]): string => `**${unit}** ${names.length} 人：${names.join('、')}`,
  later: (name: string): string => `${name}（后加入）`,
  inactive: (name: string, state: string): string => `${name}（${state}）`,
  left: (names: readonly string[]): string => `已不再参训：${listed(names, 20)}。`,
  buttons: { add: '加人', remove: '去人', file: '导出 Excel', roll: '更正考勤', confirm: '确认', cancel: '取消' },
  addForm: '加哪些人',
  removeForm: '去掉哪些人',
  formSummary: (course: Named, adds: boolean): string =>
    `请填写要${adds ? '加入' : '移出'}培训班 ${courseName(course)}的人员，保存前还会请您核对。`,
  formSubmit: '核对',
  draftTitle: '请核对名单变动',
  draft: (course: Named, adds: boolean, people: number): string =>
    `请核对：${adds ? '加入' : '移出'}培训班 ${courseName(course)} ${people} 人。`,
  already: (names: readonly string[]): string => `已在名单中，不用再加：${listed(names, 10)}。`,
  notIn: (names: readonly string[]): string => `本来不在名单中：${listed(names, 10)}。`,
  fromNow: (past: number): string => `已开始的 ${past} 个课次不要求他们参加，也不算缺勤。`,
  coming: '以后的课次：',
  keeping: (count: number): string => `${count} 人以前在班，之前的考勤、学时和补训照旧算数；不在班期间的课次不要求补。`,
  /** `lacking`: settled 课次 at which nothing is known of some of them; `back`: people whose attendance counts again. */
  fromStart: (lacking: number, back: number): string =>
    `${[
      '从第一个课次起算在内',
      ...(back === 0 ? [] : [`${back} 人之前的考勤重新算数，学时、补训随之恢复`]),
      ...(lacking === 0
        ? []
        : [`有 ${lacking} 个课次已确认考勤，还没有他们的记录，既不计学时也不算缺勤，请在“考勤”中逐一更正`]),
    ].join('；')}。`,
  untilNow: '以后的课次不用参加，考试和体会也不再要求；已上课次的考勤和学时照旧。就以后的课次请的假自动失效。',
  notAtAll: '所有课次都不算在内：这个班已计的学时和补训一并撤销。',
  includeEarlier: '之前的课次也算在内',
  excludeEarlier: '只算以后的课次',
  removeAll: '之前的课次也不算',
  keepEarlier: '保留之前的考勤',
  tooMany: (present: number, most: number): string =>
    `名单中已有 ${present} 人，一个培训班最多 ${most} 人，没有加入。请另建一个班。`,
  nobody: '没有需要变动的人员，名单没有改动。',
  done: (course: Named, adds: boolean, people: number, told: number): string =>
    `已${adds ? '加入' : '移出'}培训班 ${courseName(course)} ${people} 人${told === 0 ? '' : told === people ? '，已通知本人' : `，已通知 ${told} 人`}。`,
  doneTitle: '名单已更新',
  moved: (course: Named): string =>
    `培训班 ${courseName(course)}在此期间有变动，没有保存。请重新发送“名单 ${course.id} …”。`,
  departmentChanges: (course: Named): string =>
    `培训班 ${courseName(course)}的人员由经办、部长增减，名单没有改动。请把要增减的人告诉经办。`,
  ended: (course: Named): string => `培训班 ${courseName(course)}不在进行中，名单不能再改。`,
  fileName: (id: number): string => `培训班${id}参训名单.xlsx`,
  fileCaption: (course: Named, people: number): string => `培训班 ${courseName(course)}参训名单，共 ${people} 人`,
  sheet: '参训名单',
  columns: ['序号', '工号', '姓名', '单位', '职务', '职级', '备注'],
  remark: { later: '后加入', left: '已不再参训' },
  notUnderstood: (said: string): string =>
    `没有看懂${cited(said)}。可以这样说：名单 1001，名单 1001 加上 教务处全体，名单 1001 去掉 王芳。`,
} as const;
