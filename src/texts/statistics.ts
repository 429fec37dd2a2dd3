import type { Grade } from '../domain/cadre.ts';
import type { Day } from '../domain/day.ts';
import type { Content, Form, Kind } from '../domain/hours.ts';
import type { Dimension, GroupFigures, Period } from '../domain/statistics.ts';
import { cited } from './cited.ts';
import { contentNames, formNames, gradeNames, kindNames, showDay, showHours, showShare } from './glossary.ts';

/** A period that still runs ends today. */
const endOf = ({ from, to }: Period, today: Day): Day => (to > today && from <= today ? today : to);
const average = ({ hours, people }: GroupFigures): string =>
  people === 0 ? '—' : showHours(Math.round(hours / people));

/** 统计: hours of the college by unit, content, kind, form, grade and year. */
export const statisticsTexts = {
  title: '学时统计',
  dimensions: {
    unit: '单位',
    content: '内容',
    kind: '类别',
    form: '方式',
    grade: '职级',
    year: '年度',
  } satisfies Record<Dimension, string>,
  /** A group's name as people read it. */
  group: (dimension: Dimension, group: string): string => {
    switch (dimension) {
      case 'content':
        return contentNames[group as Content];
      case 'kind':
        return kindNames[group as Kind];
      case 'form':
        return formNames[group as Form];
      case 'grade':
        return gradeNames[group as Grade];
      case 'year':
        return `${group} 年`;
      case 'unit':
        return group;
    }
  },
  period: ({ from, to }: Period, today: Day): string =>
    endOf({ from, to }, today) < to ? `${showDay(from)}至今` : `${showDay(from)}至${showDay(to)}`,
  who: (filter: {
    unit?: string | undefined;
    grade?: Grade | undefined;
    young?: boolean | undefined;
    everybody?: boolean | undefined;
  }): string =>
    [
      filter.unit ?? '',
      filter.grade === undefined ? '' : gradeNames[filter.grade],
      filter.young === true ? '优秀年轻干部' : '',
    ].join('') || (filter.everybody === true ? '全体在职干部' : '在职中层干部'),
  summary: (who: string, period: string, { people, participants, attendances, hours }: GroupFigures): string =>
    `${who}，${period}：应训 ${people} 人，参训 ${participants} 人、${attendances} 人次，共 ${showHours(hours)} 学时。`,
  rows: (all: GroupFigures, theoryShare: number | null): (readonly [string, string])[] => [
    ['参训率', `${showShare(all.participants, all.people)}（${all.participants} / ${all.people} 人）`],
    ['人均学时', all.people === 0 ? '—' : `${average(all)} 学时`],
    ['理论党性占比', theoryShare === null ? '—' : `${theoryShare} %（供参考，70 % 的要求针对年度计划和培训班）`],
  ],
  standing: (onPace: number, reached: number, counted: number): (readonly [string, string])[] => [
    ['五年进度达标', `${onPace} 人，${showShare(onPace, counted)}`],
    ['五年学时完成', `${reached} 人，${showShare(reached, counted)}`],
  ],
  columns: (dimension: Dimension): string[] =>
    dimension === 'unit' || dimension === 'grade'
      ? [statisticsTexts.dimensions[dimension], '应训', '参训', '人次', '学时', '人均']
      : [statisticsTexts.dimensions[dimension], '参训', '人次', '学时', '占比'],
  row: (dimension: Dimension, one: GroupFigures, all: GroupFigures): string[] => {
    const name = statisticsTexts.group(dimension, one.group);
    const { people, participants, attendances, hours } = one;
    return dimension === 'unit' || dimension === 'grade'
      ? [name, String(people), String(participants), String(attendances), showHours(hours), average(one)]
      : [name, String(participants), String(attendances), showHours(hours), showShare(hours, all.hours)];
  },
  chart: (dimension: Dimension): string =>
    dimension === 'unit' || dimension === 'grade'
      ? `各${statisticsTexts.dimensions[dimension]}人均学时`
      : `学时按${statisticsTexts.dimensions[dimension]}分布`,
  chartAverage: (value: number): string => `平均 ${value}`,
  series: { average: '人均', hours: '学时' },
  unit: '学时',
  empty: '这段时间没有已认定的学时。',
  nobody: (who: string): string => `名册里没有${who}，没有可统计的人。请核对单位、职级，或发送“统计 全体”。`,
  notes:
    '口径：已认定的学时，跨期的按天数分摊；人次按结束日期计，一个班算一次（分内容、分年度时各算一次）；人员按现在的名册和单位计。只供组织部使用，请勿发到群里。',
  openOne: '点名称看它的学时记录：',
  otherwise: '换一种分法：',
  otherPeriod: '换一段时间：',
  more: '更多：',
  page: (page: number, pages: number): string => `第 ${page} 页，共 ${pages} 页。`,
  buttons: {
    earlier: '上一页',
    later: '下一页',
    file: 'Excel',
    picture: '图片',
    entries: '看明细',
    people: '看人员',
    back: '返回统计',
  },
  periods: { cycle: '本周期', year: '本年', lastYear: '上年', quarter: '本季度', month: '本月' },
  opened: (who: string, group: string, period: string): string =>
    `${[who, group].filter((part) => part !== '').join('，')}，${period}`,
  entriesSummary: (about: string, count: number, hours: number): string =>
    `${about}：${count} 条学时记录，共 ${showHours(hours)} 学时。`,
  entryColumns: ['登记号', '姓名', '培训名称', '日期', '学时'],
  entryHint: '看某条的经过请发送“审核 登记号”。学时为落在这段时间内的部分。',
  peopleSummary: (about: string, count: number): string => `${about}：${count} 人，按工号排列。`,
  peopleColumns: ['工号', '姓名', '单位', '学时'],
  peopleHint: '只供核对，请勿排名或外传。看某人请发送“干部 工号”。',
  notUnderstood: (said: string): string =>
    `没有看懂${cited(said, 40)}。可以这样说：统计，统计 单位 2025年，统计 内容 本季度，统计 教务处，统计 正职 去年，统计 全体 类别。`,
  toCome: (said: string): string =>
    `“${said}”还没有到，没有可以统计的学时。可以统计到今天为止的，例如：统计 今年，统计 近三个月。`,
  noPeriod: (said: string): string =>
    `没有“${said}”这段时间。可以写：2025年、本季度、上月、近三个月、2026-01-01至2026-06-30。`,
  fileName: (period: Period, who: string, today: Day): string =>
    `学时统计_${who}_${period.from}_${endOf(period, today)}.xlsx`.replace(/[\\/:*?"<>|]/g, '-'),
  fileCaption: (who: string, period: string): string => `学时统计：${who}，${period}。请勿发到群里。`,
  pictureName: (period: Period, who: string, dimension: Dimension, today: Day): string =>
    `学时统计_${who}_按${statisticsTexts.dimensions[dimension]}_${period.from}_${endOf(period, today)}`.replace(
      /[\\/:*?"<>|]/g,
      '-',
    ),
  pictureCaption: (who: string, period: string, dimension: Dimension): string =>
    `${statisticsTexts.chart(dimension)}：${who}，${period}。请勿发到群里。`,
  sheetTitle: (who: string, period: string, dimension: Dimension): string =>
    `${who}学时统计（按${statisticsTexts.dimensions[dimension]}，${period}）`,
  total: '合计',
} as const;
