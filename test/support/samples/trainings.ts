import type { Day } from '../../../src/domain/day.ts';

export type ContentName = '理论教育' | '党性教育' | '专业化能力' | '知识培训';

/** A training as the sample ledger names it. */
export interface Training {
  readonly title: string;
  readonly organiser: string;
  readonly kind: string;
  readonly form: string;
  readonly content: ContentName;
  readonly place: string;
  readonly hours: number;
  readonly proof: string;
}

/** A class that many people attend together. */
export interface CommonTraining extends Training {
  readonly from: Day;
  readonly to: Day;
  /** Part of those invited that comes. */
  readonly share: number;
  readonly invited: 'all' | 'middle' | 'chief' | 'young' | 'newly-appointed';
  /** Part that has handed in a reflection, where one is owed. */
  readonly reflections?: number;
  /** Somebody who certainly came and has not handed in: the person whom the simulator shows first. */
  readonly owedBy?: string;
}

const college = '北辰教育学院';
const [theory, spirit, skill, knowledge]: readonly [ContentName, ContentName, ContentName, ContentName] = [
  '理论教育',
  '党性教育',
  '专业化能力',
  '知识培训',
];

type Times = readonly [from: Day, to: Day, hours: number, share: number];

const meeting = (title: string, content: ContentName, [from, to, hours, share]: Times): CommonTraining => ({
  title,
  organiser: '党委宣传部',
  kind: '专题培训',
  form: '中心组学习',
  content,
  place: '行政楼报告厅',
  proof: '签到表',
  from,
  to,
  hours,
  share,
  invited: hours > 2 ? 'all' : 'middle',
});
const course = (
  title: string,
  kind: string,
  content: ContentName,
  times: Times,
  more: Partial<CommonTraining> = {},
): CommonTraining => ({
  title,
  organiser: '党委组织部',
  kind,
  form: '集中培训',
  content,
  place: `${college}培训中心`,
  proof: '结业证书',
  from: times[0],
  to: times[1],
  hours: times[2],
  share: times[3],
  invited: 'middle',
  ...more,
});
const online = (title: string, content: ContentName, [from, to, hours, share]: Times): CommonTraining => ({
  title,
  organiser: '北京干部教育网',
  kind: '专项培训',
  form: '在线学习',
  content,
  place: '线上',
  proof: '平台学习记录',
  from,
  to,
  hours,
  share,
  invited: 'all',
});
const group = (days: readonly Day[], topics: readonly (readonly [string, ContentName])[]): CommonTraining[] =>
  days.flatMap((day, index) => {
    const topic = topics[index];
    return topic === undefined ? [] : [meeting(`中心组（扩大）学习：${topic[0]}`, topic[1], [day, day, 2, 0.8])];
  });

export const commonTrainings: readonly CommonTraining[] = [
  ...group(
    ['2023-02-22', '2023-03-29', '2023-04-26', '2023-05-24', '2023-06-28', '2023-09-20', '2023-10-25', '2023-12-06'],
    [
      ['党的二十大报告', theory],
      ['全国两会精神', theory],
      ['调查研究的理论与方法', theory],
      ['全面从严治党重要论述', spirit],
      ['党的自我革命', spirit],
      ['教育强国建设', theory],
      ['习近平文化思想', theory],
      ['中央经济工作会议前瞻与形势政策', theory],
    ],
  ),
  course('党的二十大精神集中轮训班', '集中轮训', theory, ['2023-03-13', '2023-03-15', 24, 0.85]),
  course('主题教育读书班', '专题培训', theory, ['2023-05-08', '2023-05-11', 32, 0.7]),
  online('网络学院2023年必修课程', theory, ['2023-03-01', '2023-06-30', 18, 0.9]),
  online('网络学院2023年专业能力选修课程', skill, ['2023-04-07', '2023-09-30', 10, 0.6]),
  meeting('警示教育大会暨专题党课', spirit, ['2023-06-15', '2023-06-15', 4, 0.9]),
  course('中层干部能力提升班（第一期）', '岗位培训', skill, ['2023-07-11', '2023-07-13', 24, 0.62]),
  meeting('意识形态工作专题报告', theory, ['2023-09-13', '2023-09-13', 4, 0.88]),
  course('红旗渠党性教育专题班', '专题培训', spirit, ['2023-10-17', '2023-10-19', 24, 0.4], {
    place: '河南林州',
    form: '进修轮训',
  }),
  course('教育数字化专题培训', '专项培训', skill, ['2023-11-09', '2023-11-09', 8, 0.45], { invited: 'all' }),
  meeting('保密与网络安全培训', knowledge, ['2023-11-22', '2023-11-22', 4, 0.7]),

  ...group(
    ['2024-02-28', '2024-03-27', '2024-04-24', '2024-05-29', '2024-06-26', '2024-09-25', '2024-11-06', '2024-12-11'],
    [
      ['全国教育工作会议精神', theory],
      ['新质生产力与高等教育', theory],
      ['党的纪律处分条例', spirit],
      ['六项纪律专题研讨', spirit],
      ['以学正风', spirit],
      ['全国教育大会精神', theory],
      ['进一步全面深化改革', theory],
      ['形势与政策', theory],
    ],
  ),
  online('网络学院2024年必修课程', theory, ['2024-03-01', '2024-06-30', 18, 0.9]),
  online('网络学院2024年专业能力选修课程', skill, ['2024-04-07', '2024-09-30', 10, 0.6]),
  course('党纪学习教育读书班', '专题培训', spirit, ['2024-05-13', '2024-05-15', 24, 0.72]),
  meeting('纪律教育专题党课', spirit, ['2024-06-20', '2024-06-20', 4, 0.9]),
  course('中层干部能力提升班（第二期）', '岗位培训', skill, ['2024-07-09', '2024-07-11', 24, 0.62]),
  meeting('意识形态工作专题报告', theory, ['2024-09-11', '2024-09-11', 4, 0.88]),
  course('党的二十届三中全会精神专题培训班', '集中轮训', theory, ['2024-10-14', '2024-10-17', 32, 0.72]),
  course('教育教学评估专题培训', '专项培训', skill, ['2024-11-13', '2024-11-13', 8, 0.45], { invited: 'all' }),
  course('沂蒙精神党性教育专题班', '专题培训', spirit, ['2024-11-19', '2024-11-21', 24, 0.35], {
    place: '山东临沂',
    form: '进修轮训',
  }),
  meeting('宪法与依法治校讲座', knowledge, ['2024-12-04', '2024-12-04', 4, 0.7]),

  ...group(
    ['2025-02-26', '2025-03-26', '2025-04-23', '2025-05-28', '2025-06-25', '2025-09-24', '2025-11-05', '2025-12-10'],
    [
      ['教育强国建设规划纲要', theory],
      ['全国两会精神', theory],
      ['中央八项规定精神', spirit],
      ['作风建设重要论述', spirit],
      ['党性修养与廉洁自律', spirit],
      ['人工智能时代的教育变革', theory],
      ['党的二十届四中全会精神', theory],
      ['“十五五”时期形势与任务', theory],
    ],
  ),
  online('网络学院2025年必修课程', theory, ['2025-03-03', '2025-06-30', 18, 0.9]),
  online('网络学院2025年专业能力选修课程', skill, ['2025-04-07', '2025-09-30', 10, 0.6]),
  course('教育强国建设规划纲要专题培训班', '专题培训', theory, ['2025-03-17', '2025-03-19', 24, 0.7]),
  course('深入贯彻中央八项规定精神学习教育读书班', '专题培训', spirit, ['2025-05-12', '2025-05-14', 24, 0.72]),
  meeting('警示教育大会', spirit, ['2025-06-18', '2025-06-18', 4, 0.9]),
  course('中层干部能力提升班（第三期）', '岗位培训', skill, ['2025-07-08', '2025-07-10', 24, 0.62]),
  meeting('意识形态工作专题报告', theory, ['2025-09-10', '2025-09-10', 4, 0.88]),
  course('优秀年轻干部培训班', '专题培训', theory, ['2025-09-15', '2025-09-19', 40, 0.8], {
    invited: 'young',
    form: '进修轮训',
  }),
  course('党的二十届四中全会精神集中轮训班（第一期）', '集中轮训', theory, ['2025-11-17', '2025-11-19', 24, 0.62]),
  course('预算绩效与内控管理培训', '专项培训', skill, ['2025-11-26', '2025-11-26', 8, 0.45], { invited: 'all' }),
  meeting('校园安全与应急管理讲座', knowledge, ['2025-12-03', '2025-12-03', 4, 0.7]),

  ...group(
    ['2026-03-04', '2026-03-25', '2026-04-22', '2026-05-27', '2026-06-24', '2026-09-09', '2026-10-14', '2026-11-11'],
    [
      ['“十五五”规划纲要', theory],
      ['全国两会精神', theory],
      ['正确政绩观', spirit],
      ['党的建设重要思想', spirit],
      ['廉洁文化建设', spirit],
      ['教育家精神', theory],
      ['国家安全与统一战线', theory],
      ['年度重点任务与理论准备', theory],
    ],
  ),
  online('网络学院2026年必修课程', theory, ['2026-03-02', '2026-06-30', 18, 0.9]),
  online('网络学院2026年专业能力选修课程', skill, ['2026-04-07', '2026-09-30', 10, 0.6]),
  course('党的二十届四中全会精神集中轮训班（第二期）', '集中轮训', theory, ['2026-03-16', '2026-03-18', 24, 0.6]),
  course('树立和践行正确政绩观专题读书班', '专题培训', spirit, ['2026-05-11', '2026-05-13', 24, 0.7]),
  meeting('警示教育大会', spirit, ['2026-06-17', '2026-06-17', 4, 0.9]),
  course('中层干部能力提升班（第四期）', '岗位培训', skill, ['2026-07-07', '2026-07-09', 24, 0.55]),
  course('秋季中层干部集中培训班', '专题培训', theory, ['2026-09-21', '2026-09-23', 24, 0.55], { reflections: 0.95 }),
  online('网络学院专题：“十五五”开局之年', theory, ['2026-10-09', '2026-10-31', 8, 0.75]),
  course('延安精神党性教育专题班', '专题培训', spirit, ['2026-10-19', '2026-10-22', 32, 0.36], {
    place: '陕西延安',
    form: '进修轮训',
    reflections: 0.86,
  }),
  meeting('师德师风建设专题报告', spirit, ['2026-10-28', '2026-10-28', 4, 0.85]),
  course('人工智能赋能教育管理专题培训班', '专项培训', skill, ['2026-11-05', '2026-11-06', 16, 0.33], {
    invited: 'all',
    reflections: 0.8,
  }),
  meeting('保密与数据安全培训', knowledge, ['2026-11-10', '2026-11-10', 4, 0.6]),
  meeting('意识形态工作专题报告', theory, ['2026-11-12', '2026-11-12', 4, 0.85]),
  course('新任中层干部任职培训班', '任职培训', theory, ['2026-11-13', '2026-11-13', 8, 0.8], {
    invited: 'newly-appointed',
    reflections: 0.3,
  }),
  course('党的二十届四中全会精神集中轮训班（第三期）', '集中轮训', theory, ['2026-11-16', '2026-11-18', 24, 0.33], {
    reflections: 0.2,
    owedBy: 'E0001',
  }),
];

/** What people do on their own, besides; `days` 0 means several weeks. */
export interface OwnTraining extends Training {
  readonly days: number;
}

const own = (
  title: string,
  organiser: string,
  form: string,
  content: ContentName,
  [days, hours]: readonly [number, number],
  place = '线上',
): OwnTraining => ({
  title,
  organiser,
  kind: content === skill ? '专项培训' : '',
  form,
  content,
  days,
  hours,
  place,
  proof: form === '在线学习' ? '平台学习记录' : form === '在职自学' ? '读书笔记' : '学时证明',
});

export const ownTrainings: readonly OwnTraining[] = [
  own('市委党校处级干部进修班', '市委党校', '进修轮训', theory, [5, 40], '市委党校'),
  own('习近平谈治国理政（第五卷）研读', '本人', '在职自学', theory, [0, 8], ''),
  own('习近平新时代中国特色社会主义思想在线课程', '学习强国', '在线学习', theory, [0, 12]),
  own('马克思主义经典著作导读', '国家教育行政学院', '在线学习', theory, [0, 16]),
  own('中国式现代化专题网络班', '国家教育行政学院', '在线学习', theory, [0, 20]),
  own('党章党规党纪自学', '本人', '在职自学', spirit, [0, 6], ''),
  own('香山革命纪念地现场教学', '机关党委', '集中培训', spirit, [1, 8], '香山革命纪念馆'),
  own('党支部书记示范培训班', '市委教育工委', '集中培训', spirit, [2, 16], '市教工委党校'),
  own('廉政教育基地参观学习', '纪委办公室', '集中培训', spirit, [1, 4], '市廉政教育基地'),
  own('党史专题在线课程', '学习强国', '在线学习', spirit, [0, 8]),
  own('高校教学管理专题研修', '国家教育行政学院', '集中培训', skill, [2, 16], '北京大兴'),
  own('预算管理一体化操作培训', '市财政局', '集中培训', skill, [1, 8], '市财政局'),
  own('思政工作骨干专题培训', '市委教育工委', '集中培训', skill, [2, 12], '市教工委党校'),
  own('教育督导与评估网络研修', '国家教育行政学院', '在线学习', skill, [0, 10]),
  own('公文写作与处理专题讲座', '党政办公室', '集中培训', skill, [1, 4], '行政楼报告厅'),
  own('数据治理与信息系统应用', '信息化办公室', '集中培训', skill, [1, 3.5], '信息楼机房'),
  own('宪法法律知识在线学习', '北京干部教育网', '在线学习', knowledge, [0, 6]),
  own('干部心理健康讲座', '工会', '集中培训', knowledge, [1, 3], '工会活动室'),
  own('消防与实验室安全培训', '保卫处', '集中培训', knowledge, [1, 4], '行政楼报告厅'),
];

/** Months in another place; who went is decided with the roster. */
export const secondments: readonly (Training & { readonly from: Day; readonly to: Day })[] = (
  [
    ['挂职锻炼（市教委基础教育处）', '2024-03-01', '2024-08-30', 100],
    ['挂职锻炼（对口支援拉萨师专）', '2025-09-01', '2026-01-23', 120],
    ['挂职锻炼（区教育科学研究院）', '2023-09-04', '2024-01-19', 80],
  ] as const
).map(([title, from, to, hours]) => ({
  title,
  organiser: '党委组织部',
  kind: '',
  form: '挂职锻炼',
  content: skill,
  place: '接收单位',
  from,
  to,
  hours,
  proof: '挂职鉴定表',
}));
