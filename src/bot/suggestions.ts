import type { Cadre } from '../domain/cadre.ts';
import { type Command, mayUse } from './command.ts';

export interface Suggestion {
  readonly label: string;
  readonly text: string;
  /** Said at once, or put into the input to be completed. */
  readonly send: boolean;
}

/** What makes something worth saying now. */
export interface Occasion {
  /** A 课次 of the person is open for signing in, and they have not yet. */
  readonly signsIn: boolean;
  /** They are in a class that is under way or to come, or are its 班主任. */
  readonly hasClass: boolean;
}

/** What people say most, in the order in which it is offered; some of it only on its occasion. */
const offered = [
  '签到',
  '进度',
  '登记',
  '待办',
  '培训',
  '建班',
  '记录',
  '体会',
  '本单位',
  '审核',
  '逾期',
  '统计',
  '通报',
  '帮助',
];
/** Said with something behind it: the example is put into the input. */
const completed = ['登记'];

/** What somebody may want to say, one tap away: never what the person may not use. */
export function suggest(
  commands: readonly Command[],
  cadre: Cadre | null,
  chat: 'private' | 'group',
  { signsIn, hasClass }: Occasion,
): Suggestion[] {
  const isGroup = chat === 'group';
  if (cadre === null && !isGroup) return [{ label: '绑定', text: '绑定 ', send: false }];
  const isOff = (name: string): boolean => (name === '签到' && !signsIn) || (name === '培训' && !hasClass);
  return offered.flatMap((name) => {
    if (isOff(name)) return [];
    const command = commands.find((candidate) => candidate.name === name);
    if (command === undefined || !mayUse(command.who, cadre) || (isGroup && command.where === 'private')) return [];
    const open = completed.includes(name);
    return [{ label: name, text: open ? (command.examples[0] ?? name) : name, send: !open }];
  });
}
