import type { BatchTask } from '../../texts/roster-batch.ts';

const tasks: readonly (readonly [pattern: RegExp, task: BatchTask])[] = [
  [/^(?:列入|加入|标为|标记)(?:为)?(?:优秀)?年轻干部/, 'young'],
  [/^(?:移出|取消|撤销|去掉)(?:优秀)?年轻干部/, 'not-young'],
  [/^(?:优秀)?年轻干部\s?[:：]?\s?是(?=[\s:：，,]|$)/, 'young'],
  [/^(?:优秀)?年轻干部\s?[:：]?\s?否(?=[\s:：，,]|$)/, 'not-young'],
  [/^(?:状态\s?[:：]?\s?)?退休/, 'retired'],
  [/^(?:状态\s?[:：]?\s?)?(?:离任|离职|调离)/, 'left'],
];
const moving = /^(?:单位|调到|调入|调至|转到|转入)[\s:：]*([^\s:：，,、]+)/;

/** `列入年轻干部 王芳 教务处、E0012`, `退休：E0011`, `调到 科研处 教务处全体`: what is to be done, and the words for whom. */
export function readBatch(said: string): { task?: BatchTask; to?: string; people?: string } {
  const [move, to] = moving.exec(said) ?? [];
  const [pattern, task] = tasks.find(([one]) => one.test(said)) ?? [];
  const length = move?.length ?? pattern?.exec(said)?.[0].length ?? 0;
  const people = said.slice(length).replace(/^[\s:：，,]+/, '');
  return {
    ...(to === undefined ? (task === undefined ? {} : { task }) : { task: 'move', to }),
    ...(people === '' ? {} : { people }),
  };
}
