import { answers, by, drafts, means, refuses, type Utterance, unknown } from './utterance.ts';

/** A dean of 55 who dictates without punctuation. */
const dean: readonly Utterance[] = [
  ...drafts(
    { on: '11-19', half: 1, place: '行政楼', title: '思想政治工作会议' },
    '哎那个小簿啊我昨天上午去行政楼开了一个思想政治工作会议半天',
  ),
  ...drafts(
    { on: '11-10', hours: 300, place: '党校', title: '关于意识形态的讲座' },
    '我上礼拜二在党校听了一个关于意识形态的讲座讲了有三个小时吧',
  ),
  ...drafts({ on: '11-19', hours: 300, content: 'party-spirit' }, '你帮我把昨天那个培训记一下三个学时党性教育'),
  ...drafts(
    {
      on: '11-18',
      hours: 300,
      content: 'professional',
      place: '图书馆',
      organiser: '学校',
      title: '教育数字化专题培训',
    },
    '我前天下午到图书馆参加学校组织的教育数字化专题培训三个小时业务能力',
  ),
  ...drafts({ on: '11-19', half: 1, content: 'theory' }, '我跟教务处的王处长一块儿去听了一场报告昨天下午半天理论教育'),
  ...drafts(
    { on: '11-10..11-12', hours: 2400, place: '国家行政学院', title: '院长培训班' },
    '我十一月十号到十二号在国家行政学院参加了院长培训班一共二十四个学时',
  ),
  ...drafts({ hours: 200, asks: 'days' }, '我上个星期参加了一个线上的学习两个小时'),
  ...refuses('negation', '昨天我本来要去的后来有个会没去成'),
  ...refuses('future', '下礼拜我要去延安学习五天'),
  ...means(
    '进度',
    {},
    '喂我想问一下我今年的学时现在到多少了',
    '学时还差得多不多啊',
    '那我这个五年够不够五百五十个学时',
  ),
  ...means('体会', {}, '那个体会的事儿我还有没有没写的', '我们学院还有谁没有交体会'),
  ...means('撤回', { latest: true }, '刚才那个记错了你给我撤了'),
  ...means('理解', {}, '这个学时是怎么算的呀'),
  ...means('帮助', {}, '这个怎么弄啊我不会用'),
  ...means('记录', {}, '你看看我之前都报了哪些'),
  ...answers('thanks', '行了谢谢你啊'),
];

/** A young clerk who types tersely. */
const clerk: readonly Utterance[] = by(
  'clerk',
  means('审核', {}, '待审'),
  means('审核', { entries: [1001], verdict: 'approve' }, '1001批'),
  means('审核', { all: true, verdict: 'approve' }, '全过'),
  means('审核', { entries: [1003], verdict: 'return', reason: '缺证明' }, '1003退回 缺证明'),
  means('进度', {}, '差多少学时', '今年多少'),
  means('逾期', { kind: 'reflection' }, '谁没交', '体会名单'),
  means('逾期', { file: true }, '导出逾期'),
  means('选择', { who: '王芳' }, '王芳学时'),
  means('选择', { who: '李䶮' }, '李䶮体会'),
  means('撤回', { entries: [1001] }, '撤 1001'),
  means('撤回', { latest: true }, '刚那条删'),
  means('通报', {}, '本月通报'),
  means('统计', {}, '统计下各学院'),
  drafts({ on: '11-19', hours: 200, content: 'theory', form: 'online' }, '昨 2h 理论 网课'),
  drafts({ on: '11-13', half: 1, content: 'party-spirit' }, '上周五 半天 党性 党校'),
  unknown('没去', '1001 1002 过'),
);

/** A chief of logistics who was in the army. */
const chief: readonly Utterance[] = by(
  'unitHead',
  drafts(
    { on: '11-19', hours: 300, title: '后勤安全生产专题会' },
    '同志你好！昨日参加后勤安全生产专题会，时长三小时，请予登记。',
  ),
  drafts(
    { on: '11-16..11-18', half: 6, content: 'party-spirit', place: '党校' },
    '报告：本人11月16日至18日赴党校集训三天，内容为党性教育，请记录。',
  ),
  drafts({ on: '11-18', half: 1, content: 'theory' }, '前日上午组织收听广播学习，半日，理论教育。'),
  drafts(
    { on: '11-18', half: 2, title: '消防演练培训', place: '训练场' },
    '本周三全天参加消防演练培训，地点：训练场。',
  ),
  drafts(
    { on: '11-12', hours: 200, content: 'theory', organiser: '校党委', title: '党的二十届四中全会精神宣讲' },
    '11月12日下午，校党委组织党的二十届四中全会精神宣讲，2学时，理论教育，已参加。',
  ),
  drafts({ on: '11-19', half: 1 }, '老子昨天下午去听课了，半天，给老子记上！'),
  refuses('others', '我处五名同志昨日集体参训，每人4学时，一并登记。'),
  refuses('future', '下月拟参加轮训，到时再报。'),
  refuses('negation', '因公出差，昨日培训未参加。', '明日培训取消，知悉。'),
  refuses('question', '十一月五号上午九点到十一点半听课，折合几个学时？'),
  means('进度', {}, '请汇报我的学时完成情况。'),
  means('本单位', {}, '我单位未交体会人员有哪些？'),
  means('记录', {}, '我要求查看本人培训档案。'),
  means('待办', {}, '尚有何事需我办理？'),
  means('撤回', { latest: true }, '刚才报的有误，撤回重报。'),
  means('记录', { entry: 1001 }, '1001号登记审到什么程度了？'),
  answers('reflection-rules', '体会材料何时上报？'),
  answers('calm', '什么破系统，老是听不懂人话'),
  answers('thanks', '感谢同志！辛苦了！'),
);

/** Three people whose sentences were written after the grammar, and which it then learnt. */
export const voices: readonly Utterance[] = [...dean, ...clerk, ...chief];
