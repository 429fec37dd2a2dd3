import type { Course } from '../domain/course.ts';
import type { ExamResult } from '../domain/exam.ts';
import { courseName } from './course.ts';
import { showDay } from './glossary.ts';

/** `85`, `58.5`, 缺考. */
export const showScore = (score: number | null): string => (score === null ? '缺考' : `${score / 100} 分`);

export const showResult = ({ score, passed, attempt }: Pick<ExamResult, 'score' | 'passed' | 'attempt'>): string =>
  `${showScore(score)}（${attempt > 1 ? `第 ${attempt - 1} 次补考，` : ''}${passed ? '合格' : '不合格'}）`;

type Named = Pick<Course, 'id' | 'title'>;

/** 成绩: entering and seeing scores. */
export const scoreTexts = {
  title: '考试成绩',
  own: (course: Named, result: ExamResult): string => `《${course.title}》闭卷考试：${showResult(result)}。`,
  ownNone: '您还没有考试成绩。',
  ownOwed: (due: string, today: string): string => `须在${showDay(due, today)}前补考，时间由组织部通知。`,
  noExam: (course: Named): string => `培训班 ${courseName(course)}没有安排闭卷考试。`,
  nothingWithExam: '现在没有安排闭卷考试的培训班。',
  summary: (course: Named, entered: number, people: number, passed: number): string =>
    `培训班 ${courseName(course)}：应考 ${people} 人，已登成绩 ${entered} 人，合格 ${passed} 人。`,
  passMark: (mark: number): string => `及格线 ${mark} 分。`,
  columns: ['姓名', '单位', '成绩'],
  /** `people`: all of whom the exam is asked. */
  missing: (names: readonly string[], people: number): string =>
    names.length === people && people > 5 ? `全部 ${people} 人都还没有成绩。` : `还没有成绩：${names.join('、')}`,
  formLabel: '成绩（一行一人，如：张三 85；缺考写：李四 缺考）',
  formSubmit: '核对',
  resitLabel: '这是',
  resitChoices: { first: '正考成绩', resit: '补考成绩' },
  howTo: (id: number): string =>
    `也可以发送：成绩 ${id} 张三 85、李四 58；补考：成绩 ${id} 补考 李四 66；更正：成绩 ${id} 张三 86 理由 登分有误。还可以直接发送 Excel（姓名、成绩两列）。`,
  draftTitle: '请核对成绩',
  draft: (course: Named, count: number, failed: number, resit: boolean): string =>
    `培训班 ${courseName(course)}${resit ? '补考' : ''}成绩 ${count} 人，其中不合格 ${failed} 人${failed > 0 ? (resit ? '，仍须补考' : '，将通知其补考') : ''}。`,
  confirm: (count: number): string => `登记 ${count} 人成绩`,
  cancel: '取消',
  draftHint: '回复“确认”登记；成绩只告诉本人。',
  unread: (said: readonly string[]): string =>
    `没有看懂：${said.join('；')}。每人写成“张三 85”或“张三 缺考”。${said.some((one) => one.includes('缓考')) ? '缓考的先不登记，考后再登；要先结班的，登记为缺考，考后登补考成绩。' : ''}`,
  outside: (said: readonly string[]): string => `成绩须在 0 至 100 分之间：${said.join('；')}。`,
  notSaved: '没有登记。',
  faults: {
    'own-score': (name: string): string => `${name}：不能登记自己的成绩，请由其他经办登记。`,
    same: (name: string): string => `${name}：成绩没有变化。`,
    'reason-needed': (name: string): string => `${name}：已有成绩，更正须写明理由。`,
    'has-passed': (name: string): string =>
      `${name}：考试已合格，不用补考。登错的请更正，不写“补考”：姓名 分数 理由 登分有误。`,
    'not-sat': (name: string): string => `${name}：还没有正考成绩。`,
    'too-often': (name: string): string => `${name}：补考次数已满。`,
  },
  nothingLeft: '没有可以登记的成绩。',
  doneTitle: '成绩已登记',
  done: (count: number, failed: number, owing: number): string =>
    `已登记 ${count} 人成绩${failed > 0 ? `，${failed} 人不合格` : ''}${owing === 0 ? '' : owing === failed ? '，已通知补考' : `，已通知其中 ${owing} 人补考`}。`,
  notExamined: (name: string): string => `${name}：不在应考人员中（已不再参训，或只来补课），没有登记。`,
  off: (course: Named): string => `培训班 ${courseName(course)}已取消或还没有开班，没有登记成绩。`,
  told: (course: Named, result: ExamResult): string =>
    `您在《${course.title}》闭卷考试的成绩：${showResult(result)}。${result.passed && result.attempt > 1 ? '补考已完成。' : ''}`,
  toldCorrected: (course: Named, result: ExamResult, was: string, reason: string): string =>
    `您在《${course.title}》闭卷考试的成绩由 ${was}更正为 ${showResult(result)}。理由：${reason.replace(/[。.]$/, '')}。`,
  toldOwed: (due: string, today: string): string => `请在${showDay(due, today)}前补考，时间由组织部通知。`,
  notRunning: '登记成绩由经办、部长办理。',
} as const;
