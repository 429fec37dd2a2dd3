import { type Course, heldSessions, hoursOf, theoryShareOf } from '../domain/course.ts';
import { type Day, dayOf, type Instant } from '../domain/day.ts';
import type { Policy } from '../domain/policy.ts';
import { closeTexts, courseReportTexts as texts } from '../texts/close-course.ts';
import {
  contentNames,
  formNames,
  kindNames,
  levelNames,
  showDay,
  showHours,
  showPercent,
  showSpan,
} from '../texts/glossary.ts';
import { personCells, type ReportedCourse } from './course-report-workbook.ts';
import { type OfficialDocument, writeOfficial } from './official-document.ts';

/** 培训情况报告: what the class was, attendance, hours, exam, 体会 and 补训, with everybody in the annex. */
export const courseReportWord = (
  reported: ReportedCourse,
  policy: Pick<Policy, 'theoryShare'>,
  at: Instant,
): Promise<Uint8Array> => writeOfficial(layOutReport(reported, policy, dayOf(at)));

function layOutReport(reported: ReportedCourse, policy: Pick<Policy, 'theoryShare'>, today: Day): OfficialDocument {
  const { course, report } = reported;
  const [basics, attendance, hours, results, makeUps] = texts.heading;
  return {
    title: texts.wordTitle(course.title),
    parts: [
      { heading: basics ?? '', paragraphs: describeCourse(course, policy) },
      { heading: attendance ?? '', paragraphs: [closeTexts.figures(report)] },
      { heading: hours ?? '', paragraphs: [closeTexts.hours(report)] },
      {
        heading: results ?? '',
        paragraphs: [
          course.exam === null ? texts.noExam : closeTexts.exam(report),
          course.reflection === null ? texts.noReflection : closeTexts.reflections(report),
        ],
      },
      { heading: makeUps ?? '', paragraphs: [closeTexts.makeUps(report), texts.basis(course.id, showDay(today))] },
    ],
    signature: [...(course.organiser === null ? [] : [course.organiser]), showDay(today)],
    annexes: [
      {
        title: `${texts.annex}：${texts.peopleTitle(course)}`,
        columns: [
          ...[4, 16, 10, 11, 11].map((width, i) => ({
            name: ['序号', '单位', '姓名', '工号', '职务'][i] ?? '',
            width,
          })),
          ...['应到', '实到', '迟到', '早退', '请假', '缺勤'].map((name) => ({ name, width: 4 })),
          ...['应得学时', '认定学时', '待补训', '已补训'].map((name) => ({ name, width: 6 })),
          ...['体会', '成绩', '考试'].map((name) => ({ name, width: 8 })),
        ],
        rows: report.people.map((one, index) => personCells(one, reported, index)),
      },
    ],
  };
}

function describeCourse(course: Course, policy: Pick<Policy, 'theoryShare'>): string[] {
  const held = heldSessions(course);
  const share = showPercent(theoryShareOf(held));
  const contents = [...new Set(held.map(({ content }) => content))].map(
    (content) => `${contentNames[content]} ${showHours(hoursOf(held.filter((one) => one.content === content)))} 学时`,
  );
  return [
    texts.basics(course, {
      span: showSpan(course.from, course.to),
      level: levelNames[course.level],
      kind: course.kind === 'unspecified' ? null : kindNames[course.kind],
      form: formNames[course.form],
      sessions: held.length,
      hours: showHours(hoursOf(held)),
      contents,
    }),
    course.exception === null
      ? texts.share(share)
      : texts.exception(share, policy.theoryShare, course.exception.reason),
  ];
}
