import { type Script, tap } from '../gallery.ts';

/** A class of today: its code, who signs in and who does not, and the roll. */
export const attendanceScripts: readonly Script[] = [
  {
    title: '签到与考勤',
    lines: [
      [
        'clerk',
        '签到码',
        '建班 《今日专题党课》 今天 9:20-11:30 党性教育 2学时 签退 E0001、E0086、E0087',
        '确认',
        '签到码',
        tap('刷新'),
      ],
      ['cadre', '签到', '000000', '签到 12', '签退', '签退 000000', '签到 000000'],
      ['unit-head', '签到 000000'],
      [
        'clerk',
        '考勤',
        '考勤 《今日专题党课》',
        '考勤 《今日专题党课》 第1课次',
        '考勤 《今日专题党课》 第1课次 全部到，除了 E0086 缺勤、某某某 请假',
        '考勤 《今日专题党课》 第1课次 全部到，除了 E0086 缺勤、E0087 迟到',
        '确认',
        '确认考勤 《今日专题党课》 第1课次',
        '考勤 《今日专题党课》 第1课次 E0086 出勤 理由 当天到课，漏签',
      ],
      ['unit-head', '补训', '培训'],
      [
        'department-head',
        '考勤 《今日专题党课》',
        '考勤 《今日专题党课》 处理 全部 意见 已谈话',
        '签到码 《今日专题党课》',
        '待办',
      ],
    ],
  },
];
