import type { Cadre } from '../domain/cadre.ts';
import type { Course } from '../domain/course.ts';
import type { CourseReport, PersonReport } from '../domain/course-report.ts';
import type { Instant } from '../domain/day.ts';
import { courseReportTexts as texts } from '../texts/close-course.ts';
import { contentNames, reflectionStateNames } from '../texts/glossary.ts';
import { showScore } from '../texts/scores.ts';
import { type OutColumn, type OutSheet, writeWorkbook } from './write-workbook.ts';

/** A class, its report and its people by 工号: what a report is made of. */
export interface ReportedCourse {
  readonly course: Course;
  readonly report: CourseReport;
  readonly cadres: ReadonlyMap<string, Pick<Cadre, 'name' | 'unit' | 'position'>>;
}

const align = 'center';
const count = (name: string): OutColumn => ({ name, width: 8, align });

const personColumns: readonly OutColumn[] = [
  { name: '序号', width: 6, align },
  { name: '单位', width: 20 },
  { name: '姓名', width: 12 },
  { name: '工号', width: 10 },
  { name: '职务', width: 14 },
  count('应到课次'),
  count('实到'),
  count('迟到'),
  count('早退'),
  count('请假'),
  count('缺勤'),
  { name: '应得学时', width: 9, align },
  { name: '认定学时', width: 9, align },
  { name: '待补训', width: 8, align },
  { name: '已补训', width: 8, align },
  { name: '体会', width: 10, align },
  { name: '考试成绩', width: 10, align },
  { name: '考试结果', width: 10, align },
];

/** The cells of one person, in the order of the columns. */
export const personCells = (one: PersonReport, { cadres }: Pick<ReportedCourse, 'cadres'>, index: number) => {
  const cadre = cadres.get(one.staffNo);
  const { result } = one;
  return [
    index + 1,
    cadre?.unit ?? texts.none,
    cadre?.name ?? one.staffNo,
    one.staffNo,
    cadre?.position ?? '',
    one.expected,
    one.there,
    one.late,
    one.leftEarly,
    one.onLeave,
    one.absent,
    one.expectedHours / 100,
    one.hours / 100,
    one.makeUpsOpen,
    one.makeUpsDone,
    one.reflection === null ? texts.none : reflectionStateNames[one.reflection],
    result === null ? texts.none : showScore(result.score),
    result === null ? texts.none : result.passed ? texts.passed : texts.failed,
  ];
};

/** 班级情况表: a sheet of the people, in the order of their enrolment, and one of the 课次. */
export function courseReportWorkbook(reported: ReportedCourse, at: Instant): Promise<Uint8Array> {
  const { course, report } = reported;
  const people: OutSheet = {
    name: texts.peopleSheet,
    title: texts.peopleTitle(course),
    columns: personColumns,
    rows: report.people.map((one, index) => personCells(one, reported, index)),
  };
  const sessions: OutSheet = {
    name: texts.sessionsSheet,
    title: texts.sessionsTitle(course),
    columns: [
      { name: '课次', width: 6, align },
      { name: '日期', width: 12, align, day: true },
      { name: '起止', width: 14, align },
      { name: '内容', width: 12, align },
      { name: '主题', width: 30 },
      { name: '主讲', width: 12 },
      { name: '地点', width: 16 },
      { name: '学时', width: 8, align },
      count('应到'),
      count('实到'),
      count('迟到'),
      count('早退'),
      count('请假'),
      count('缺勤'),
    ],
    rows: report.sessions.map(({ session, expected, there, late, leftEarly, onLeave, absent }) => [
      session.no,
      session.day,
      `${session.start}-${session.end}`,
      contentNames[session.content],
      session.topic,
      session.speaker,
      session.place ?? course.place,
      session.hours / 100,
      expected,
      there,
      late,
      leftEarly,
      onLeave,
      absent,
    ]),
  };
  return writeWorkbook([people, sessions], at);
}
