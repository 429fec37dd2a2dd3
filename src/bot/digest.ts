import type { Day } from '../domain/day.ts';
import type { Notice, NoticeFacts } from '../domain/notice.ts';
import { type Button, button, buttons, card, note, type Reply, words } from '../messenger/reply.ts';
import { digestTexts as texts } from '../texts/jobs.ts';

/**
 * One person's notices as one message: each with what, by when and, below, the button that does it.
 * `known` holds, by the notice's key, how things stand now.
 */
export function sayDigest(list: readonly Notice[], known: ReadonlyMap<string, NoticeFacts>, today: Day): Reply {
  const lines = list.map((notice) => sentence(notice, known.get(notice.key), today));
  const reflections = list.filter((notice) => isOwnReflection(notice)).length;
  const actions = new Map(
    list.flatMap((notice) => actionOf(notice, reflections > 1)).map((each) => [each.label, each]),
  );
  return card(
    texts.title,
    list.some(({ tier }) => tier === 'overdue') ? 'warn' : 'info',
    texts.summary(list.length),
    words(lines.length === 1 ? (lines[0] ?? '') : lines.map((line, i) => `${i + 1}. ${line}`).join('\n')),
    actions.size === 0 ? null : buttons(...actions.values()),
    note(texts.footer),
  );
}

const isOwnReflection = ({ subject, tier }: Notice): boolean =>
  subject === 'reflection' && (tier === 'before' || tier === 'due' || tier === 'overdue');

function sentence(notice: Notice, facts: NoticeFacts | undefined, today: Day): string {
  const figure = (name: string): string => String(notice.figures[name] ?? '');
  switch (notice.subject) {
    case 'reflection':
      return reflectionSentence(notice, figure, today);
    case 'quota':
      return facts?.progress === undefined ? '' : texts.quota(facts.progress);
    case 'professional':
      return facts?.progress === undefined ? '' : texts.professional(facts.progress.professional);
    case 'approvals':
      return texts.approvals(figure('count'), figure('oldestDays'));
  }
}

function reflectionSentence({ tier, dueOn }: Notice, figure: (name: string) => string, today: Day): string {
  const title = figure('title');
  const due = dueOn ?? today;
  if (tier === 'unit-head') return texts.reflection.ofUnit(figure('name'), title, due, today);
  if (tier === 'department') return texts.reflection.ofOther(figure('unit'), figure('name'), title, due, today);
  const own = tier === 'before' || tier === 'due' ? tier : 'overdue';
  return texts.reflection[own](title, due, today, figure('minLength'));
}

function actionOf(notice: Notice, several: boolean): Button[] {
  switch (notice.subject) {
    case 'reflection': {
      if (notice.tier === 'department') return [button(texts.buttons.overdue, '逾期')];
      if (notice.tier === 'unit-head') return [];
      const label = several ? texts.buttons.handInOf(notice.about) : texts.buttons.handIn;
      return [button(label, '体会', { entry: Number(notice.about) }, 'primary')];
    }
    case 'quota':
    case 'professional':
      return [button(texts.buttons.progress, '进度')];
    case 'approvals':
      return [button(texts.buttons.approve, '审核', {}, 'primary')];
  }
}
