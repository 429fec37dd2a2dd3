import type { Course } from '../../domain/course.ts';
import { type Block, buttons, link, words } from '../../messenger/reply.ts';
import { leaveTexts } from '../../texts/leave.ts';
import { rollTexts as texts } from '../../texts/roll.ts';
import type { Context } from '../context.ts';
import { decidersOf, mayDecideLeave } from './leave-approvers.ts';
import { namesOf, type OpenLeave, type RollRow } from './roll.ts';

/** The leaves that wait for a word before a 课次 can be settled: whose, who decides, and the way there for whoever may. */
export async function leaveBlocks(
  { tx, me }: Context,
  course: Course,
  open: readonly OpenLeave[],
  among: readonly RollRow[],
): Promise<Block[]> {
  if (open.length === 0) return [];
  const lines: string[] = [];
  let isMine = false;
  for (const { row, leave } of open) {
    const deciders = await decidersOf(tx, course, leave);
    const by = leaveTexts.decider(
      deciders?.approver ?? leave.approver,
      (deciders?.people ?? []).map(({ name }) => name),
    );
    lines.push(texts.openLeave(namesOf([row], among)[0] ?? row.name, by));
    isMine ||= await mayDecideLeave(tx, me, course, leave);
  }
  return [
    words(texts.openLeaves(lines)),
    ...(isMine ? [buttons(link(texts.decideLeaves, '请假', { verdict: 'list' }))] : []),
  ];
}
