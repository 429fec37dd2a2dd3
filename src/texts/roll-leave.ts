import type { Course, Session } from '../domain/course.ts';
import type { Leave } from '../domain/leave.ts';
import { cited } from './cited.ts';

const asked: Record<Leave['state'], string> = {
  asked: '申请待批',
  approved: '已准假',
  refused: '申请过，已不准',
  withdrawn: '申请已撤回',
  ended: '已销假',
  lapsed: '申请已失效',
};

const whatToDo = ({ id }: Pick<Course, 'id'>, { no }: Session): string =>
  `请假须本人在课前发送“请假 ${id} 第${no}课次 事由”，批准后才算；课已开始的，请告诉经办，由经办写明理由补记。`;

/** 请假 in a roll, of people without an approved leave. */
export const rollLeaveTexts = {
  title: '请写明请假理由',
  asked: (name: string, state: Leave['state'] | null): string =>
    `${name}（${state === null ? '没有申请过' : asked[state]}）`,
  ask: (people: readonly string[]): string =>
    `没有准假：${people.join('、')}。补记请假须写明理由，理由会存档；还没有保存。`,
  askAgain: (said: string): string => `${cited(said)}看不出理由，请至少写 4 个字，例如：临时出差。还没有保存。`,
  reason: '理由',
  hint: '例如：临时出差',
  submit: '核对',
  cancel: '取消',
  how: '也可以直接回复理由，或写在一句话里：张三 请假 理由 临时出差。',
  draft: (people: readonly string[]): string => `没有准假、由您补记请假：${people.join('、')}。`,
  refused: (people: readonly string[], course: Pick<Course, 'id'>, session: Session): string =>
    `没有保存。没有准假，班主任不能记请假：${people.join('、')}。${whatToDo(course, session)}`,
  leftOut: (people: readonly string[], course: Pick<Course, 'id'>, session: Session): string =>
    `没有准假，班主任不能记请假，没有计入：${people.join('、')}。${whatToDo(course, session)}`,
} as const;
