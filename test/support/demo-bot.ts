import type { Handler, Incoming, Messenger } from '../../src/messenger/messenger.ts';
import {
  button,
  buttons,
  card,
  fields,
  invocationSchema,
  note,
  type Reply,
  text,
  words,
} from '../../src/messenger/reply.ts';

/** A bot without rules: says what it heard, and shows every kind of block. Lets the page be tested by itself. */
export function createDemoBot(messenger: Messenger): Handler {
  return async (incoming) => {
    if (incoming.type === 'happening') return null;
    if (incoming.type === 'action') return answerTap(incoming);
    const to = { type: 'chat', id: incoming.chat.id } as const;
    const replies = incoming.files.length > 0 ? fileReplies(incoming.files) : [replyTo(incoming.text)];
    for (const [i, reply] of replies.entries()) await messenger.send(to, reply, `answer:${incoming.id}:${i}`);
    return null;
  };
}

const fileReplies = (files: readonly { name: string; blob: string; size: number }[]): Reply[] =>
  files.map(({ name, blob, size }) => ({
    type: 'file',
    name: `回执-${name}`,
    blob,
    mime: 'application/octet-stream',
    caption: `收到 ${size} 字节`,
  }));

function replyTo(said: string): Reply {
  if (said === '卡片') return allBlocks;
  if (said === '表单') return formCard;
  if (said === '长表单') return longFormCard;
  if (said === '长表') return longTableCard;
  if (said === '图表') return chartCard;
  if (said === '清单') return listCard;
  return text(`您说：${said}`);
}

function answerTap(incoming: Extract<Incoming, { type: 'action' }>): Awaited<ReturnType<Handler>> {
  const { command } = invocationSchema.parse(incoming.press);
  if (command === '拒绝') return { toast: { tone: 'bad', text: '这一条已经审核过了。' }, card: null };
  if (command === '提示') return { toast: { tone: 'info', text: '没有更早的记录。' }, card: null };
  const filled = JSON.stringify(incoming.form);
  return {
    toast: { tone: 'good', text: '已收到' },
    card: card(
      '已处理',
      'good',
      '已处理',
      words(`**${incoming.sender.id}** 点了 ${JSON.stringify(incoming.press)}`),
      note(filled),
    ),
  };
}

const allBlocks = card(
  '学时进度',
  'info',
  '本周期已认定 372.5 学时，待审核 6 学时',
  words('您在 **2023—2027 周期** 的学时如下，比应到进度少 **42.5 学时**。'),
  { type: 'progress', label: '五年累计', value: 372.5, max: 550, mark: 415, text: '**372.5** / 550 学时' },
  { type: 'progress', label: '今年', value: 88, max: 110, text: '88 / 110 学时' },
  fields(
    ['还差', '177.5 学时（每月约 13 学时）'],
    ['专业化能力培训', '今年 1 次，已达到'],
    ['理论与党性教育', '71.3 %'],
  ),
  { type: 'divider' },
  {
    type: 'table',
    columns: [
      { label: '日期', align: 'left' },
      { label: '培训', align: 'left' },
      { label: '学时', align: 'right' },
    ],
    rows: [
      ['11月12日', '《习近平文化思想》专题报告', '3'],
      ['10月28日', '全国教育大会精神轮训班', '12'],
      ['10月9日', '网络学院秋季学期', '0.25'],
    ],
  },
  note('认定数字以组织部审核为准。'),
  buttons(button('登记培训', '登记', {}, 'primary'), button('看记录', '记录'), {
    ...button('撤回 1004', '撤回', { id: 1004 }, 'danger'),
    confirm: '撤回后需要重新登记，确定撤回 1004 号吗？',
  }),
);

const listCard = card(
  '学时记录',
  'plain',
  '共 2 条',
  {
    type: 'table',
    columns: ['登记号', '日期', '培训名称', '内容', '学时', '状态'].map((label) => ({
      label,
      align: label === '学时' ? 'right' : 'left',
    })),
    rows: [
      ['1004', '11月16日至18日', '党的二十届四中全会精神集中轮训班（第三期）', '理论教育', '24', '已认定'],
      ['1003', '11月11日', '警示教育大会', '党性教育', '3.5', '待审核'],
    ],
  },
  buttons(button('更早', '提示'), button('撤回', '拒绝'), button('登记', '登记', {}, 'primary')),
  buttons(
    button('理论教育', '登记'),
    button('党性教育', '登记'),
    button('专业化能力', '登记'),
    button('知识培训', '登记'),
  ),
);

const longFormCard = card('选人', 'plain', '请选人', {
  type: 'form',
  name: 'people',
  fields: [
    {
      type: 'choice',
      name: 'who',
      label: '参加人员',
      required: false,
      many: true,
      options: Array.from({ length: 25 }, (_, i) => ({ value: String(i + 1), label: `干部${i + 1}` })),
    },
  ],
  submit: button('提交', 'demo', {}, 'primary'),
});
const formCard = card('登记培训', 'plain', '请填写登记', {
  type: 'form',
  name: 'log',
  fields: [
    {
      type: 'text',
      name: 'title',
      fault: '请写在《》里。',
      label: '培训名称',
      hint: '如：学习党的二十届四中全会精神',
      required: true,
      maxLength: 60,
    },
    { type: 'day', name: 'from', label: '日期', value: '2026-11-19', required: true },
    {
      type: 'choice',
      name: 'content',
      label: '内容',
      required: true,
      value: 'party-spirit',
      options: [
        { value: 'theory', label: '理论教育' },
        { value: 'party-spirit', label: '党性教育' },
        { value: 'professional', label: '专业化能力' },
        { value: 'knowledge', label: '知识培训' },
      ],
    },
    {
      type: 'choice',
      name: 'form',
      label: '方式',
      required: false,
      options: ['进修轮训', '集中培训', '中心组学习', '在线学习', '挂职锻炼', '在职自学'].map((label) => ({
        value: label,
        label,
      })),
    },
    {
      type: 'choice',
      name: 'who',
      label: '同去的人',
      required: false,
      many: true,
      options: [
        { value: 'E1', label: '张三' },
        { value: 'E2', label: '李四' },
        { value: 'E3', label: '王五' },
      ],
    },
    { type: 'text', name: 'note', label: '备注', required: false, multiline: true, minLength: 5, maxLength: 500 },
  ],
  submit: button('提交', '登记', {}, 'primary'),
});

const chartCard = card(
  '10月学习通报',
  'info',
  '10月：参训 86 人次，认定 412.5 学时',
  words('应训 **132** 人，参训 **86** 人次，认定 **412.5** 学时，环比增加 12.3 %。'),
  {
    type: 'chart',
    kind: 'bar',
    title: '各单位人均学时',
    unit: '学时',
    categories: ['组织部', '教育学院', '马克思主义学院', '信息科学与技术学院', '体育部', '后勤处', '其他单位'],
    series: [{ name: '人均', values: [12, 8.5, 14, 11, 3, 5, 7] }],
    mark: { label: '平均 8.7', value: 8.7 },
  },
  {
    type: 'chart',
    kind: 'pie',
    title: '内容占比',
    unit: '学时',
    categories: ['理论教育', '党性教育', '专业化能力', '知识培训'],
    series: [{ name: '学时', values: [180, 120.5, 80, 32] }],
  },
  note('校验码：第 812 条 · 3f9a0c41d2b7e685'),
);

const longTableCard = card('各单位学时', 'plain', '共 31 个单位', {
  type: 'table',
  columns: [
    { label: '单位', align: 'left' },
    { label: '学时', align: 'right' },
    { label: '状态', align: 'left' },
  ],
  rows: Array.from({ length: 31 }, (_, i) => [`第${i + 1}学院`, '3', i === 1 ? '已撤回' : '已认定']),
  faded: [1],
});
