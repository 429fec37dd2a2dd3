import type { Cadre } from '../../domain/cadre.ts';
import { theoryShareOf } from '../../domain/course.ts';
import {
  type Block,
  button,
  buttons,
  card,
  fields,
  note,
  type Reply,
  reasonForm,
  words,
} from '../../messenger/reply.ts';
import { courseName } from '../../texts/course.ts';
import { formNames, kindNames, levelNames } from '../../texts/glossary.ts';
import { openTexts as texts } from '../../texts/open-course.ts';
import type { Context } from '../context.ts';
import type { Chosen } from '../selection.ts';
import { listButton, selectionBlocks } from '../selection-card.ts';
import type { CoursePlan } from './draft.ts';
import { sayHours, timetableBlocks } from './timetable.ts';

/** A class before it is saved: what it is, who comes, what it gives, what stands against it, and what 确认 will do. */
export function draftCard(
  { policies, today }: Context,
  plan: CoursePlan,
  shown: {
    readonly covered: readonly Cadre[];
    readonly chosen: Chosen;
    readonly blocks: readonly Block[];
    readonly draft: number;
    readonly isBelow: boolean;
    readonly isHead: boolean;
    readonly reason: string;
    /** 确认 was said, and a reason is missing. */
    readonly isAsked: boolean;
  },
): Reply {
  const { covered, chosen, blocks, draft, isBelow, isHead, reason } = shown;
  const policy = policies.at(plan.to);
  const summary = texts.draftSummary(plan.title, plan.from, plan.to, plan.sessions.length, covered.length, today);
  const share = theoryShareOf(plan.sessions) ?? 0;
  const asksReason = isBelow && isHead && reason === '';
  return card(
    texts.draftTitle,
    isBelow || blocks.length > 0 ? 'warn' : 'info',
    summary,
    fields(...factsOf(plan)),
    ...timetableBlocks(plan.sessions, plan, today),
    words(sayHours(plan.sessions, policy)),
    ...selectionBlocks(covered, chosen),
    ...blocks,
    ...(isBelow ? [words((isHead ? texts.belowForHead : texts.below)(share, policy.theoryShare))] : []),
    isBelow && reason !== '' ? words(texts.reasonGiven(reason)) : null,
    asksReason
      ? reasonForm(
          texts.fields.reason,
          button(texts.confirm(covered.length), '建班', { draft, confirmed: true }, 'primary'),
          { multiline: true, fault: shown.isAsked ? texts.reasonNeeded : undefined },
        )
      : null,
    buttons(
      ...(asksReason
        ? []
        : [button((isBelow && !isHead ? texts.propose : texts.confirm)(covered.length), '确认', { draft }, 'primary')]),
      listButton('建班', draft),
      button(texts.edit, '建班', { draft, edit: true }),
      button(texts.cancel, '取消', { draft }),
    ),
    note(texts.hint),
  );
}

const factsOf = (plan: CoursePlan): (readonly [string, string])[] => {
  const labels = texts.fields;
  return [
    [labels.kind, kindNames[plan.kind]],
    [labels.form, formNames[plan.form]],
    [labels.level, levelNames[plan.level]],
    ...(plan.organiser === null ? [] : [[labels.organiser, plan.organiser] as const]),
    ...(plan.place === null ? [] : [[labels.place, plan.place] as const]),
    ['班主任', plan.tutorName],
    [labels.signsOut, texts.signsOut[plan.signsOut ? 'yes' : 'no']],
    [labels.credits, texts.credits[plan.creditsEach ? 'each' : 'end']],
    [
      '学习体会',
      plan.reflection === null ? texts.none : texts.reflection(plan.reflection.minLength, plan.reflection.dueDays),
    ],
    ['闭卷考试', plan.exam === null ? texts.none : texts.exam(plan.exam.passMark)],
    ...(plan.repeats === null ? [] : [[texts.nextRunOf, courseName({ id: plan.repeats, title: plan.title })] as const]),
  ];
};
