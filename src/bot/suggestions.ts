import type { Cadre } from '../domain/cadre.ts';
import { type Command, mayUse } from './command.ts';

export interface Suggestion {
  readonly label: string;
  readonly text: string;
  /** Said at once, or put into the input to be completed. */
  readonly send: boolean;
}

/** What people say most, in the order in which it is offered. */
const offered = ['进度', '登记', '待办', '记录', '体会', '本单位', '审核', '逾期', '统计', '通报', '帮助'];
/** Said with something behind it: the example is put into the input. */
const completed = ['登记'];

/** What somebody may want to say, one tap away: never what the person may not use. */
export function suggest(commands: readonly Command[], cadre: Cadre | null, chat: 'private' | 'group'): Suggestion[] {
  const isGroup = chat === 'group';
  if (cadre === null && !isGroup) return [{ label: '绑定', text: '绑定 ', send: false }];
  return offered.flatMap((name) => {
    const command = commands.find((candidate) => candidate.name === name);
    if (command === undefined || !mayUse(command.who, cadre) || (isGroup && command.where === 'private')) return [];
    const open = completed.includes(name);
    return [{ label: name, text: open ? (command.examples[0] ?? name) : name, send: !open }];
  });
}
