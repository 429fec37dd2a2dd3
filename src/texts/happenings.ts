import type { Cadre } from '../domain/cadre.ts';
import { messengerNames } from './glossary.ts';

type Person = Pick<Cadre, 'staffNo' | 'name' | 'unit'>;

const who = ({ name, staffNo, unit }: Person): string => `${name}（${staffNo}，${unit}）`;
const directory = (messenger: string): string => `${messengerNames[messenger] ?? messenger}通讯录`;

/** What the bot says when somebody opens the chat for the first time. */
export const greetingTexts = {
  title: '您好，我是学时簿',
  summary: ({ name }: Pick<Cadre, 'name'>): string => `${name}，您好。我是学时簿，替您记学时、交体会、看进度。`,
  /** Three lines for each kind of person. */
  lines: {
    cadre: [
      '· 记学时：直接说“昨天下午听了专题报告，半天，理论教育”，或点“登记”。',
      '· 看自己：发送“进度”看还差多少学时，发送“待办”看要做什么。',
      '· 交体会：发送“体会”，按提示提交。',
    ],
    unitHead: [
      '· 本单位：发送“本单位”看各人进度、体会和逾期。',
      '· 自己的：直接说参加了什么培训即可登记，发送“进度”看还差多少学时。',
      '· 要做的：发送“待办”。',
    ],
    desk: [
      '· 审核：发送“审核”处理待审的登记和体会。',
      '· 催办：发送“逾期”看名单，发送“催办”提醒本人。',
      '· 通报：发送“通报”预览和发布，发送“统计”看各单位情况。',
    ],
    archivist: [
      '· 名册：发送“干部”查看和修改，发送“导入”更新名册和台账。',
      '· 账号：发送“绑定”处理绑定申请，发送“干部 未绑定”看谁还收不到消息。',
      '· 自己的：直接说参加了什么培训即可登记，发送“进度”看还差多少学时。',
    ],
  },
  hint: '发送“帮助”看全部功能。',
} as const;

/** A group that the bot has joined or left. */
export const groupTexts = {
  hello: '大家好，我是学时簿。在群里 @我 发送“帮助”可看用法；个人的事请点我的头像私聊，群里不显示任何个人情况。',
  nameless: '未命名的群',
  title: '机器人进了新的群',
  joined: (name: string): string => `机器人已加入群“${name}”。要把每月通报发到这个群吗？`,
  hint: '不选就不发。以后可随时发送“通报 群”更改。',
  receive: '是',
  refuse: '否',
  removed: (name: string): string =>
    `机器人已不在群“${name}”中，月度通报不再发到这个群。要恢复请重新拉入，再发送“通报 群”选择接收。`,
} as const;

/** What the platform's directory tells of a person, as a proposal to the archivists. */
export const proposalTexts = {
  title: '通讯录有变动',
  moved: (messenger: string, person: Person, after: string): string =>
    `${directory(messenger)}中${who(person)}的单位是“${after}”，与名册不同。`,
  change: (before: string, after: string): string => `单位：**${before}** → **${after}**`,
  after: '**采纳后：**',
  adopt: '采纳',
  decline: '不采纳',
  left: (messenger: string, person: Person): string =>
    `${directory(messenger)}显示${who(person)}已离职，其账号已停用，不再向其发送提醒。`,
  leftHint: '是否离任或退休请核实后选择，改动前还会请您确认；学时记录全部保留。',
  markLeft: '标为离任',
  markRetired: '标为退休',
  keep: '不改名册',
  declined: (person: Person): string => `名册没有改动：${who(person)}。以后仍可发送“干部 ${person.staffNo}”修改。`,
  gone: (staffNo: string): string => `这项变动已经处理或已失效，没有改动。看现在的情况请发送：干部 ${staffNo}。`,
  listTitle: '通讯录变动',
  list: (count: number): string => (count === 0 ? '没有等待处理的通讯录变动。' : `有 ${count} 项通讯录变动等待处理。`),
  more: (count: number): string => `另有 ${count} 项，处理以上几项后显示。`,
  archivistOnly: '通讯录变动由档案管理员处理。',
} as const;

/** Hours that the platform's own courses have told of. */
export const learnedTexts = {
  proof: (record: string): string => `平台学习记录 ${record}`,
  nameless: '平台课程',
  note: '由平台学习记录折算，内容暂记为知识培训，请审核时核对。',
} as const;
