import { cited } from './cited.ts';
import { contentNames, monthName, showDay, showHours, showPercent } from './glossary.ts';

/** 通报 at the department's desk: preview, release, groups, and what stands behind a figure. */
export const bulletinDeskTexts = {
  examples: '可以这样说：通报，通报 上月，通报 2026-10，通报 预告，通报 2026-10 更正 理由，通报 群。',
  notUnderstood: (said: string): string => `没有看懂${cited(said, 40)}。${bulletinDeskTexts.examples}`,
  noSuchMonth: (said: string): string => `没有“${said}”这个月份。${bulletinDeskTexts.examples}`,
  future: (month: string): string => `${monthName(month)}还没有到，没有可以通报的情况。`,
  tooEarly: (earliest: string): string => `最早可以查看${monthName(earliest)}的通报，请核对月份后重发。`,
  status: {
    running: (month: string): string => `${monthName(month)}还没有结束，月底后才能发布。`,
    ready: (month: string, groups: readonly string[]): string =>
      groups.length === 0
        ? `${monthName(month)}通报还没有发布，也没有设置接收的群。请点“群设置”。`
        : `${monthName(month)}通报还没有发布，将发到：${groups.join('、')}。`,
    old: (month: string): string => `请注意：这是${monthName(month)}的通报，不是上月的，请核对月份后再发布。`,
    released: (month: string, day: string, time: string, by: string | null): string =>
      `${monthName(month)}通报已于${showDay(day)} ${time} ${by === null ? '自动发布' : `由${by}发布`}。`,
    corrected: (n: number, day: string, time: string, by: string, why: string): string =>
      `第 ${n} 次更正：${showDay(day)} ${time} 由${by}确认，理由：${why}`,
    delivery: (name: string, state: string, reason: string | null): string => {
      switch (state) {
        case 'sent':
          return `${name}：已送达`;
        case 'queued':
        case 'leased':
          return `${name}：正在发送`;
        case 'unknown':
          return `${name}：发送结果不明，请到群里看一下`;
        default:
          return `${name}：没有送到${reason === null ? '' : `（${reason}）`}`;
      }
    },
  },
  buttons: {
    release: '发布',
    sources: '依据',
    groups: '群设置',
    pictures: '图片',
    coming: '预告',
    correct: '更正',
    unitMonth: '本月',
    unitYear: '本年',
    confirm: '确认',
    cancel: '取消',
    back: '返回通报',
    receive: '改为接收',
    stop: '改为不接收',
    earlier: '上一页',
    later: '下一页',
  },
  pictureName: (month: string, title: string): string => `${monthName(month)}通报_${title}`,
  pictureCaption: (month: string, title: string): string => `${monthName(month)}通报：${title}，可直接贴入报告。`,
  releaseTitle: '核对发布',
  releaseSummary: (month: string, groups: readonly string[]): string =>
    `将把${monthName(month)}通报发到 ${groups.length} 个群：${groups.join('、')}。确认前不会发送。`,
  released: (month: string, groups: number): string => `${monthName(month)}通报已发往 ${groups} 个群。`,
  releasedTitle: '通报已发布',
  alreadyReleased: (month: string): string => `${monthName(month)}通报已经发布过，没有重复发送。`,
  notOver: (month: string): string => `${monthName(month)}还没有结束，月底后才能发布。`,
  noGroups: '没有设置接收通报的群，没有发布。请先发送“通报 群”设置。',
  groupsTitle: '接收通报的群',
  groupsSummary: (receiving: number, all: number): string => `机器人在 ${all} 个群里，其中 ${receiving} 个接收通报。`,
  groupsEmpty: '机器人还没有加入任何群。请在群设置中把它拉进群，加入后会在这里列出；早已在群里的，请移出后重新拉入。',
  groupLine: (name: string, receives: boolean): string => `**${name}**　${receives ? '接收通报' : '不接收'}`,
  groupGone: '没有找到这个群，机器人可能已不在群里，没有改动。请重新发送“通报 群”。',
  sourcesTitle: (month: string): string => `${monthName(month)}通报的依据`,
  sourcesSummary: (month: string): string => `${monthName(month)}通报的每个数字都可以查到依据。`,
  sourcesColumns: ['项目', '数字', '依据'],
  sourcesCount: (count: number, of: 'entries' | 'people'): string =>
    of === 'people' ? `${count} 人` : `${count} 条记录`,
  sourcesHint: (month: string): string =>
    `数字为 0 的没有依据可看。某个单位的依据请发送：通报 ${month} 依据 单位名称。只供组织部核对，请勿外传。`,
  unknownSource: (said: string): string => `通报里没有“${said}”这一项。请点“依据”查看各项。`,
  /** A unit too small to be shown by itself, or without anybody who is counted. */
  mergedUnit: (unit: string, month: string): string =>
    `${unit}人数较少，已并入“其他单位”。请发送：通报 ${month} 依据 其他单位。`,
  sourceSummary: (month: string, label: string, value: string): string => `${monthName(month)}“${label}”：${value}`,
  sourceEmpty: '没有依据记录（数字为 0）。',
  entryColumns: ['登记号', '姓名', '培训名称', '学时'],
  peopleColumns: ['工号', '姓名', '单位'],
  page: (page: number, pages: number): string => `第 ${page} 页，共 ${pages} 页。`,
  entryHint: '看某条的经过请发送“审核 登记号”。',
  /** The figures as a reader of the bulletin would ask for them. */
  labels: {
    people: '应训',
    participants: '本月参训人数',
    attendances: '本月参训人次',
    monthHours: '本月学时',
    lastMonthHours: '上月学时',
    yearHours: '本年累计',
    content: (content: keyof typeof contentNames): string => `本年${contentNames[content]}`,
    onPace: '进度达标',
    reached: '五年完成',
    owed: '应交体会',
    handedIn: '已交体会',
    yearParticipants: '本年参训人数',
    yearAttendances: '本年参训人次',
    monthContent: (content: keyof typeof contentNames): string => `本月${contentNames[content]}`,
    yearOwed: '本年应交体会',
    yearHandedIn: '本年已交体会',
    unitYear: (unit: string): string => `${unit} 本年`,
    change: '环比',
    monthAverage: '本月人均学时',
    yearAverage: '本年人均学时',
    monthTheoryShare: '本月理论党性占比',
    yearTheoryShare: '本年理论党性占比',
    onPaceRate: '进度达标率',
    reachedRate: '五年完成率',
    handedInRate: '体会提交率',
    yearHandedInRate: '本年体会提交率',
    unitPeople: (unit: string): string => `${unit} 应训`,
    unitHours: (unit: string): string => `${unit} 本月学时`,
    unitYearHours: (unit: string): string => `${unit} 本年学时`,
    unitYearAverage: (unit: string): string => `${unit} 本年人均`,
  },
  values: {
    people: (count: number): string => `${count} 人`,
    attendances: (count: number): string => `${count} 人次`,
    hours: (hours: number): string => `${showHours(hours)} 学时`,
    unitHours: (hours: number): string => `本月 ${showHours(hours)} 学时`,
    unitYear: (hours: number): string => `本年 ${showHours(hours)} 学时`,
    percent: showPercent,
    change: (rate: number | null): string =>
      rate === null ? '—' : rate === 0 ? '持平' : `${rate > 0 ? '增加' : '减少'} ${Math.abs(rate)} %`,
    reflections: (count: number): string => `${count} 篇`,
  },
} as const;
