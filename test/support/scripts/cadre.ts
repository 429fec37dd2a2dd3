import { fill, type Script, tap } from '../gallery.ts';

const training = { title: '专题党课', content: 'party-spirit', amount: '3', from: '2026-11-10' };

/** What a cadre says about the own hours, from the first question to the last correction. */
export const cadreScripts: readonly Script[] = [
  {
    title: '登记：一句话',
    lines: [
      [
        'cadre',
        '昨天下午在报告厅听了意识形态专题报告，半天，理论教育',
        '理解',
        '学时改成3',
        tap('修改'),
        tap('取消'),
        '昨天听了两节课，理论教育',
        '取消',
        '登记 3学时',
        '昨天',
        '党性教育',
        '《专题党课》',
        '为什么是3学时',
        '确认',
        '登记 3学时 党性教育 昨天 《专题党课》',
        tap('仍要提交'),
        '登记 30学时 党性教育 昨天 《专题党课》',
        '登记 3学时 党性教育 明天 《专题党课》',
        '登记 郑欣 3学时 党性教育 昨天 《专题党课》 确认',
        '我没有参加昨天的专题党课',
        '登计 3学时',
        '今天天气不错',
      ],
    ],
  },
  {
    title: '登记：表单',
    lines: [
      [
        'cadre',
        '登记',
        fill({ ...training, title: '', amount: '很多' }),
        fill({ ...training, title: '廉政教育专题报告', to: '2026-11-10', kind: 'thematic', organiser: '组织部' }),
        tap('修改'),
        fill({ ...training, title: '廉政教育专题报告会', kind: 'thematic', form: 'intensive', place: '报告厅' }),
        tap('确认'),
      ],
    ],
  },
  {
    title: '记录、撤回与问学时',
    lines: [
      [
        'cadre',
        '我还差多少学时',
        '进度',
        tap('查看记录'),
        tap('更早的'),
        '记录 8206',
        '记录 党性教育',
        '刚才那条弄错了，撤回',
        tap('撤回 8237'),
        '撤回 刚才',
        tap('不撤回'),
        '撤回 9999',
        '待办',
      ],
    ],
  },
  {
    title: '体会',
    lines: [
      [
        'cadre',
        '体会',
        tap('提交 8206'),
        fill({ text: '这次轮训收获很大。' }),
        '取消',
        '体会要写多少字',
        `体会 8206 ${'通过系统学习，我对全会精神有了更深的认识，将结合本职工作抓好落实。'.repeat(40)}`,
        '体会',
      ],
      ['clerk', '体会 待阅', '体会 8206', '体会 8206 退回 请结合本职工作再写具体些'],
      ['cadre', '待办', '体会'],
      ['unit-head', '体会'],
    ],
  },
  {
    title: '提醒',
    lines: [
      [
        'cadre',
        '提醒',
        tap('三天后'),
        tap('取消稍后'),
        tap('关闭学时进度提醒'),
        tap('恢复学时进度提醒'),
        '提醒 稍后 下周一',
        '提醒 随便',
      ],
    ],
  },
  {
    title: '绑定',
    lines: [
      ['stranger', '绑定', '绑定 E0001 张三', '绑定 E0001 王芳'],
      ['archivist', '绑定', tap('拒绝')],
    ],
  },
  {
    title: '群里',
    lines: [['group', '帮助', '进度', '我还差多少学时', '记录 8206', '登记 3学时 党性教育 昨天 《专题党课》', '你好']],
  },
];

/** After which the stranger is none any more. */
export const lastScripts: readonly Script[] = [
  {
    title: '绑定：同意',
    lines: [
      ['stranger', '绑定 E0049 王芳'],
      ['archivist', '绑定', tap('同意')],
    ],
  },
];
