import type { Course } from '../domain/course.ts';
import type { CourseReport, Lack } from '../domain/course-report.ts';
import { courseName, sessionName } from './course.ts';
import { showHours, showShare } from './glossary.ts';

type Named = Pick<Course, 'id' | 'title'>;

/** 结班: what is missing, closing, and the report. */
export const closeTexts = {
  title: '结班',
  none: '没有可以结班的培训班。',
  lacking: (course: Named, count: number): string => `培训班 ${courseName(course)}还不能结班，缺 ${count} 项。`,
  lack: (lack: Lack, names: (staffNos: readonly string[]) => string, today: string): string => {
    switch (lack.type) {
      case 'session-ahead':
        return `${sessionName(lack.session, today)}还没有结束`;
      case 'roll':
        return `${sessionName(lack.session, today)}的考勤还没有确认`;
      case 'unmarked':
        return `${sessionName(lack.session, today)}已确认考勤，后加入的 ${lack.staffNos.length} 人还没有记录：${names(lack.staffNos)}`;
      case 'leave':
        return `有 ${lack.leaves.length} 份请假还没有审批：${names(lack.leaves.map(({ staffNo }) => staffNo))}`;
      case 'concern':
        return `有 ${lack.staffNos.length} 人缺课或请假超过规定，还没有处理意见：${names(lack.staffNos)}。请点“研究缺课”填写`;
      case 'scores':
        return lack.all
          ? `全部 ${lack.staffNos.length} 人都还没有考试成绩`
          : `有 ${lack.staffNos.length} 人还没有考试成绩：${names(lack.staffNos)}`;
    }
  },
  more: (count: number): string => `另有 ${count} 项。`,
  roll: '办理考勤',
  concerns: '研究缺课',
  scores: '登记成绩',
  leaves: '看请假',
  ready: (course: Named): string => `培训班 ${courseName(course)}的课程、考勤、成绩和缺课处理齐全，可以结班。`,
  figures: ({ total }: CourseReport): string =>
    `参训 ${total.people} 人；应到 ${total.expected} 人次，实到 ${total.there} 人次（出勤率 ${showShare(total.there, total.expected)}），迟到 ${total.late}、早退 ${total.leftEarly}、请假 ${total.onLeave}、缺勤 ${total.absent} 人次。`,
  hours: ({ total: { hours, hoursAhead } }: CourseReport): string =>
    `共认定 ${showHours(hours)} 学时。${hoursAhead === 0 ? '' : `另有 ${showHours(hoursAhead)} 学时，全部课次确认考勤后认定。`}`,
  exam: ({ total }: CourseReport): string =>
    `应考 ${total.examined} 人，实考 ${total.sat} 人，合格 ${total.passed} 人。`,
  reflections: ({ total }: CourseReport): string =>
    `体会应交 ${total.reflectionsOwed} 篇，已交 ${total.reflectionsIn} 篇。`,
  makeUps: ({ total }: CourseReport): string =>
    `${
      total.makeUpsOpen + total.makeUpsDone > 0
        ? `补训 ${total.makeUpsOpen + total.makeUpsDone} 项，已完成 ${total.makeUpsDone} 项；未完成的结班后继续。`
        : total.guestsMissing > 0
          ? ''
          : '没有需要补训的。'
    }${total.guestsMissing > 0 ? `来本班补训的 ${total.guestsMissing} 人没有参加，仍在原班待补训。` : ''}`,
  close: '结班',
  closeAsk: '结班后不再改课程表；考勤、成绩更正和补训照常办理。确定结班吗？',
  confirm: '结班请回复“确认”。结班后不再改课程表；考勤、成绩更正和补训照常办理。',
  report: '班级情况表',
  word: '班级情况报告',
  hint: '体会和补训不影响结班，结班后继续催办。',
  changed: (course: Named): string => `培训班 ${courseName(course)}刚有变动，请看过新情况再决定。`,
  doneTitle: '已结班',
  done: (course: Named): string => `培训班 ${courseName(course)}已结班，报告已生成。`,
  already: (course: Named): string => `培训班 ${courseName(course)}已经结班。`,
  notOpen: (course: Named): string => `培训班 ${courseName(course)}没有开班，不能结班。`,
  reopen: '撤销结班',
  reopenAsk: '撤销后培训班恢复为进行中，可以改课程表。确定撤销吗？',
  reopened: (course: Named): string => `培训班 ${courseName(course)}已恢复为进行中。`,
  notClosed: (course: Named): string => `培训班 ${courseName(course)}没有结班，不用撤销。`,
  sheetName: ({ title }: Named): string => `《${title}》情况表.xlsx`,
  sheetCaption: (course: Named): string => `培训班 ${courseName(course)}：应到、实到、请假、缺勤、补训、体会、成绩。`,
  wordName: ({ title }: Named): string => `《${title}》培训情况报告.docx`,
  wordCaption: (course: Named): string => `培训班 ${courseName(course)}的培训情况报告。`,
} as const;

/** The class report as a workbook and as a Word file. */
export const courseReportTexts = {
  peopleSheet: '参训人员',
  sessionsSheet: '课次',
  peopleTitle: ({ title }: Named): string => `《${title}》参训人员情况表`,
  sessionsTitle: ({ title }: Named): string => `《${title}》课次考勤表`,
  none: '—',
  passed: '合格',
  failed: '不合格',
  wordTitle: (title: string): string => `《${title}》培训情况报告`,
  heading: ['一、基本情况', '二、考勤情况', '三、学时认定', '四、考试和体会', '五、补训情况'],
  basics: (
    { id, organiser, place }: Pick<Course, 'id' | 'organiser' | 'place'>,
    of: {
      readonly span: string;
      readonly level: string;
      readonly kind: string | null;
      readonly form: string;
      readonly sessions: number;
      readonly hours: string;
      readonly contents: readonly string[];
    },
  ): string =>
    `本班（班号 ${id}）于${of.span}${place === null ? '' : `在${place}`}举办${organiser === null ? '' : `，由${organiser}主办`}，级别为${of.level}${of.kind === null ? '' : `，类别为${of.kind}`}，方式为${of.form}。共 ${of.sessions} 个课次、${of.hours} 学时，其中${of.contents.join('、')}。`,
  exception: (share: string, limit: number, reason: string): string =>
    `理论教育和党性教育占总课时 ${share}，低于 ${limit}% 的要求，经部长同意，理由：${reason}`,
  share: (share: string): string => `理论教育和党性教育占总课时 ${share}。`,
  noExam: '本班没有安排闭卷考试。',
  noReflection: '本班没有要求提交学习体会。',
  basis: (id: number, made: string): string =>
    `数据来自学时簿培训班 ${id} 的考勤和登记，${made}生成。附件：参训人员情况表。`,
  annex: '附件',
} as const;
