import { fill, type Script, tap } from '../gallery.ts';

const line = '《治理能力专题班》 4月至5月 专业化能力 16学时 理论教育 8学时 全体副职';

/** The year's plan, scores and the end of a class. */
export const planScripts: readonly Script[] = [
  {
    title: '年度计划',
    lines: [
      [
        'clerk',
        '计划 2027',
        fill({ add: `${line}\n《没有时间》 理论教育 8学时 全体正职` }),
        fill({ add: line }),
        tap('加入 1 项'),
        '计划 2027',
        tap('看名单'),
        '计划 2027 审定',
      ],
      ['department-head', '计划 2027', fill({ reason: '今年以治理能力为重点' })],
      ['cadre', '计划', '进度'],
      ['clerk', '计划 2027 去掉 1001', tap('恢复')],
    ],
  },
  {
    title: '成绩与结班',
    lines: [
      [
        'clerk',
        '建班 《廉政知识测试班》 昨天 9:00-11:30 党性教育 3学时 闭卷考试 E0001、E0086',
        '确认',
        '成绩 《廉政知识测试班》',
        '成绩 《廉政知识测试班》 E0001 58、E0086 90',
        '确认',
        '成绩 《廉政知识测试班》 补考 E0001 66',
        tap('登记 1 人成绩'),
        '结班 《廉政知识测试班》',
        '结班 1009',
      ],
      ['cadre', '成绩', '成绩 1001 E0001 90', '结班'],
    ],
  },
];
