import type { Columns } from './table.ts';

const who = {
  staffNo: { names: ['工号', '职工号', '人员编号'], required: false },
  name: {
    names: ['姓名', '学员姓名', '参会人', '参会人员', '与会人', '成员', '用户名称', '用户昵称', '入会昵称', '昵称'],
    required: true,
  },
} as const satisfies Columns<string>;

/** A list of who came: 签到 and, where it is known, 签退. */
export const signInColumns = {
  ...who,
  in: {
    names: ['签到时间', '签到', '首次入会时间', '入会时间', '首次加入时间', '加入时间', '进入时间', '到达时间', '时间'],
    required: true,
  },
  out: {
    names: ['签退时间', '签退', '最后退会时间', '退会时间', '最后退出时间', '退出时间', '离开时间', '离会时间'],
    required: false,
  },
} as const satisfies Columns<string>;

/** A list of scores. */
export const scoreColumns = {
  ...who,
  score: { names: ['成绩', '分数', '得分', '总分'], required: true },
} as const satisfies Columns<string>;

/** What a table must have in its head. */
export const requiredNames = (columns: Columns<string>): string[] =>
  Object.values(columns)
    .filter(({ required }) => required)
    .map(({ names: [first] }) => first);
