import { type BulletinFigures, yearAttendances } from '../domain/bulletin.ts';
import type { ComingTraining } from '../domain/coming-training.ts';
import type { Day, Month } from '../domain/day.ts';
import { monthName, showDay, showHours, showPercent, showSpan } from './glossary.ts';

/** Above this the rate says less than the figure that it is compared with. */
const mostPercent = 300;

function change({ change: rate, lastMonth }: BulletinFigures['hours']): string {
  if (rate === null) return '上月无记录';
  if (rate > mostPercent) return `上月 ${showHours(lastMonth.value)} 学时`;
  return rate === 0 ? '与上月持平' : `环比${rate > 0 ? '增加' : '减少'} ${Math.abs(rate)} %`;
}

const handedIn = ({ owed, handedIn: done, rate }: BulletinFigures['reflections']): string =>
  owed.value === 0 ? '没有到期的体会' : `${showPercent(rate)}（应交 ${owed.value} 篇，已交 ${done.value} 篇）`;

const headings = {
  overview: '总体情况',
  progress: '进度、内容与体会',
  units: '各单位情况',
  coming: '近期培训预告',
  requests: '下一步要求',
} as const;

type Announced = Pick<ComingTraining, 'day' | 'until' | 'title' | 'place' | 'audience'>;

/** 月度通报: reason, figures, requests; never a person's name. */
export const bulletinTexts = {
  title: (month: Month): string => `${monthName(month)}干部教育培训情况通报`,
  summary: ({ month, participants, attendances, hours, onPace }: BulletinFigures): string =>
    `${monthName(month)}参训 ${participants.value} 人、${attendances.value} 人次，${showHours(hours.month.value)} 学时；进度达标率 ${showPercent(onPace.rate)}。`,
  reason: (month: Month, until: Day): string =>
    `为便于各单位掌握学习进度，现将${monthName(month)}情况通报如下。统计对象为在职中层干部，学时为截至${showDay(until)}已认定的学时。`,
  /** In place of the reason while the month is not over. */
  running: (month: Month, until: Day): string =>
    `${monthName(month)}还没有结束，以下是截至${showDay(until)}的情况，不与上月比较；体会只计已到期的。统计对象为在职中层干部，只计已认定的学时。`,
  /** The headings in order, each with its number. */
  heading: (index: number, name: keyof typeof headings): string => `**${'一二三四五'[index]}、${headings[name]}**`,
  overviewRows: (figures: BulletinFigures, isOver: boolean): (readonly [string, string])[] => {
    const { people, participants, attendances, hours, average, more } = figures;
    const inYear = `本年累计 ${more?.yearParticipants.value} 人，${yearAttendances(figures)} 人次`;
    return [
      ['应训', `${people.value} 人`],
      ['本月参训', `${participants.value} 人，${attendances.value} 人次${more === undefined ? '' : `（${inYear}）`}`],
      [
        '本月学时',
        `${showHours(hours.month.value)} 学时${isOver ? `（${change(hours)}）` : ''}，人均 ${showHours(average.month)} 学时`,
      ],
      ['本年累计', `${showHours(hours.year.value)} 学时，人均 ${showHours(average.year)} 学时`],
    ];
  },
  progressRows: (figures: BulletinFigures): (readonly [string, string])[] => {
    const { onPace, reached, theoryShare, reflections, more } = figures;
    return [
      ['进度达标率', `${showPercent(onPace.rate)}（${onPace.value} 人达到五年学时的时间进度）`],
      ['五年学时完成', `${reached.value} 人，${showPercent(reached.rate)}`],
      [
        '理论党性占比',
        more === undefined
          ? showPercent(theoryShare)
          : `本月 ${showPercent(more.monthTheoryShare)}，本年 ${showPercent(theoryShare)}`,
      ],
      ['体会提交率', handedIn(reflections)],
      ...(more === undefined ? [] : [['本年体会提交率', handedIn(more.yearReflections)] as const]),
    ];
  },
  contentChart: {
    title: '本年学时的内容构成',
    unit: '%',
    both: '理论+党性',
    mark: (share: number): string => `不低于 ${share} %`,
  },
  unitChart: {
    title: '各单位本年人均学时',
    unit: '学时',
    mark: (average: number): string => `全校人均 ${showHours(average)}`,
  },
  leading: (units: readonly string[]): string => `本年人均学时较高的单位有${units.join('、')}。`,
  fewPeople: (smallest: number): string => `应训不足 ${smallest} 人，不分单位列出。`,
  unitColumns: ['单位', '应训', '本月学时', '本年学时', '本年人均'],
  coming: ({ day, until, title, place, audience }: Announced): string =>
    `${showSpan(day, until ?? day)}　${title}${[place, audience === null ? null : `参加：${audience}`]
      .filter((part) => part !== null)
      .map((part) => `，${part}`)
      .join('')}`,
  pace: '请尚未达到进度的同志合理安排学习，单位负责人带头学习、做好督促。',
  reflections: '请尚未提交学习体会的同志尽快提交。',
  keepOn: '请各单位继续按计划组织学习，参加培训后及时登记学时。',
  merged: (smallest: number): string => `应训不足 ${smallest} 人的单位合并为“其他单位”。`,
  source: (n: number, hash16: string): string =>
    `每个数字都可在学时簿中查到依据。校验码 ${hash16}（审计记录第 ${n} 条），用于日后核对数据没有改动。`,
} as const;
