import { card, text, words } from '../messenger/reply.ts';
import { logTexts as texts } from '../texts/hours.ts';
import { misunderstood, type Reading, type ReadingContext, understood } from './command.ts';
import type { Dialog } from './dialogs.ts';
import { keepHeard } from './heard.ts';
import { readCorrection } from './text/correction.ts';
import { endsAsEvent } from './text/narration.ts';
import { readTraining, type TrainingReading } from './text/training.ts';
import { changeDraft, describeDraft, draftButtons, trainingSchema } from './training-draft.ts';

const longestTitle = 200;

/** The words behind 登记, as arguments. */
export function readNew(said: string, { today, policy }: ReadingContext): Reading {
  const reading = readTraining(said, today, policy);
  if (reading.refused !== null) return misunderstood(text(texts.refused[reading.refused]));
  return understood(whatIsSaid(reading));
}

/** A training told in one's own words, as arguments. */
export const readStory = (reading: TrainingReading): Reading =>
  reading.refused === null ? understood(whatIsSaid(reading)) : misunderstood(text(texts.refused[reading.refused]));

const whatIsSaid = ({
  slots,
  problems: [problem],
  confirmed,
  leftover,
  understood: heard,
}: TrainingReading): object => ({
  ...slots,
  ...(heard.length + leftover.length === 0 ? {} : { heard: keepHeard(heard, leftover) }),
  ...(problem === undefined ? {} : { problem }),
  ...(leftover === '' ? {} : { unused: leftover }),
  confirmed: confirmed && leftover === '',
});

/** What the text changes in the open draft; null when it says nothing of it. */
export function readChange(said: string, { today, policy }: ReadingContext, dialog: Dialog): Reading | null {
  const isDay = dialog.asking === 'days' && /^\d{1,2}$/.test(said);
  const reading = readCorrection(isDay ? `${said}日` : said, today, policy);
  const { slots, problems, refused } = reading;
  if (refused === null && Object.keys(slots).length + problems.length > 0) {
    const doubtful = problems.map(({ slot }) => slot);
    const confirmed = dialog.asking !== 'confirm' && reading.confirmed && reading.leftover === '';
    return understood({
      ...changeDraft(dialog.args, { ...whatIsSaid(reading), confirmed }, doubtful),
      draft: dialog.id,
    });
  }
  return reading.isAboutDraft ? notRead(said, { today, policy }, dialog) : null;
}

/** The answer to the open question, which may make sense there only: `3`, `专题党课`. */
export function readAnswer(said: string, context: ReadingContext, dialog: Dialog): Reading {
  if (dialog.asking === 'title' && isName(said, context)) return withTitle(said, dialog);
  const change = readChange(said, context, dialog);
  if (change !== null) return change;
  const { refused } = readTraining(said, context.today, context.policy);
  return dialog.asking === 'title' && refused === null && said.length <= longestTitle
    ? withTitle(said, dialog)
    : notRead(said, context, dialog);
}

const withTitle = (title: string, dialog: Dialog): Reading =>
  understood({
    ...changeDraft(dialog.args, { title, heard: keepHeard([{ slot: 'title', words: title }], '') }, []),
    draft: dialog.id,
  });

/** 党性教育专题培训班: a name, although a content stands in it. */
function isName(said: string, { today, policy }: ReadingContext): boolean {
  if (!endsAsEvent(said) || said.length > longestTitle) return false;
  const { refused, understood: heard, problems } = readTraining(said, today, policy);
  return refused === null && [...heard, ...problems].every(({ slot }) => slot !== 'days' && slot !== 'hours');
}

function notRead(said: string, { today, policy }: Pick<ReadingContext, 'today' | 'policy'>, dialog: Dialog): Reading {
  if (dialog.asking !== 'confirm') return misunderstood(text(texts.stillMissing(dialog.asking, said)));
  const still = texts.stillThere(describeDraft(trainingSchema.parse(dialog.args), policy, today), said);
  const isDoubtful = dialog.args['insist'] === true;
  return misunderstood(card(texts.draftTitle, 'warn', still, words(still), draftButtons(dialog.id, isDoubtful)));
}
