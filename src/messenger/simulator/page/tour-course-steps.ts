import { addDays, type Day, dayOf, type Instant, instantAt, weekdayOf } from '../../../domain/day.ts';
import { closeTexts } from '../../../texts/close-course.ts';
import { showDay } from '../../../texts/glossary.ts';
import { leaveTexts } from '../../../texts/leave.ts';
import { makeUpTexts } from '../../../texts/make-up.ts';
import { openTexts } from '../../../texts/open-course.ts';
import { rollTexts } from '../../../texts/roll.ts';
import { codeTexts, signTexts } from '../../../texts/sign-in.ts';
import { courseTourWords } from '../../../texts/simulator-tour.ts';
import type { Button, Card } from '../../reply.ts';
import type { ClockView, Move } from '../wire.ts';
import { findButton, findSubmit, isTitled, type Seen, type TourStep } from './tour-play.ts';

/** The class is on the first day from Monday to Friday after the one on which the walk began. */
function classDayAfter(day: Day): Day {
  const next = addDays(day, 1);
  return weekdayOf(next) > 5 ? classDayAfter(next) : next;
}

/** 班号 of the class that the clerk has opened last. */
function courseOf({ known }: Seen): number | null {
  const card = known.clerk.findLast(({ title }) => title === openTexts.openedTitle);
  const id = card && findButton(card, ({ command }) => command === '培训')?.press.args['course'];
  return typeof id === 'number' ? id : null;
}

/** What is said of the class, once it is there. */
const aboutCourse =
  (say: (course: number, seen: Seen) => string) =>
  (seen: Seen): string | null => {
    const course = courseOf(seen);
    return course === null ? null : say(course, seen);
  };

/** The six digits that the clerk's card shows. */
function codeOf({ cards }: Seen): string | null {
  const card = cards.clerk.findLast(({ title }) => title === codeTexts.title);
  const shown = card?.blocks.flatMap((block) => (block.type === 'text' ? [block.text] : [])) ?? [];
  const [, left, right] = /\*\*(\d{3}) (\d{3})\*\*/.exec(shown.join('\n')) ?? [];
  return left === undefined || right === undefined ? null : `${left}${right}`;
}

const sayCode = (seen: Seen): string | null => {
  const code = codeOf(seen);
  return code === null ? null : says.signIn(code);
};

const toMorning = ({ now }: ClockView, day: Day): Move | null =>
  dayOf(now) < classDayAfter(day) ? { step: 'date', day: classDayAfter(day) } : null;

const lateFrom = (day: Day): Instant => instantAt(classDayAfter(day), '09:41');
const toLate = ({ now }: ClockView, day: Day): Move | null => (now < lateFrom(day) ? { step: 'hour' } : null);

/** To the next working day: by then a roll that was taken by code has been settled by itself. */
const toDayAfter = ({ now, dayKind }: ClockView, day: Day): Move | null =>
  dayOf(now) <= classDayAfter(day) || dayKind === 'off' ? { step: 'date', day: addDays(dayOf(now), 1) } : null;

const findLeave = (card: Card): Button | undefined =>
  findButton(card, ({ command, args }) => command === '请假' && args['verdict'] === 'approve');
const findSettle = (card: Card): Button | undefined =>
  findButton(card, ({ command, args }) => command === '考勤' && args['settle'] === true);
const findAcceptance = (card: Card): Button | undefined =>
  findButton(card, ({ command, args }) => command === '补训' && args['verdict'] === 'accept');
const findClosing = (card: Card): Button | undefined =>
  findButton(card, ({ command, args }) => command === '结班' && args['act'] === 'close');

const isLeaveDecided = ({ cards }: Seen): boolean =>
  isTitled(cards.leaver, leaveTexts.approvedTitle, leaveTexts.refusedTitle);

const { says, steps } = courseTourWords;

/** A class from beginning to end. */
export const courseTourSteps: readonly TourStep<'opening' | 'leave' | 'signing' | 'roll' | 'make-up' | 'closing'>[] = [
  {
    part: 'opening',
    who: 'clerk',
    words: ({ clerk }) => steps.open(clerk.name),
    doings: [
      {
        type: 'says',
        who: 'clerk',
        text: ({ cast: { cadre, leaver, late }, nameOf, day }) =>
          says.open([cadre, leaver, late].map(nameOf), showDay(classDayAfter(day), day)),
      },
    ],
    isDone: ({ cards }) => cards.clerk.some((card) => findSubmit(card) !== undefined),
  },
  {
    part: 'opening',
    who: 'clerk',
    words: () => steps.confirm,
    doings: [{ type: 'presses', who: 'clerk', find: findSubmit }],
    isDone: ({ cards }) => isTitled(cards.clerk, openTexts.openedTitle),
  },
  {
    part: 'leave',
    needs: ['opening'],
    who: 'leaver',
    words: ({ leaver }) => steps.ask(leaver.name),
    doings: [{ type: 'says', who: 'leaver', text: aboutCourse(says.leave) }],
    isDone: (seen) => isLeaveDecided(seen) || seen.cards.clerk.some((card) => findLeave(card) !== undefined),
    isTaken: ({ cards }) => isTitled(cards.leaver, leaveTexts.askedTitle),
  },
  {
    part: 'leave',
    needs: ['opening'],
    who: 'clerk',
    words: ({ clerk }) => steps.approve(clerk.name),
    doings: [{ type: 'presses', who: 'clerk', find: findLeave }],
    isDone: isLeaveDecided,
  },
  {
    part: 'signing',
    needs: ['opening'],
    who: 'cadre',
    words: ({ clerk, cadre }) => steps.sign(clerk.name, cadre.name),
    doings: [
      { type: 'moves', next: toMorning },
      { type: 'says', who: 'clerk', text: aboutCourse(says.code) },
      { type: 'says', who: 'cadre', text: sayCode },
    ],
    isDone: ({ cards }) => isTitled(cards.cadre, signTexts.done.in, signTexts.done.late),
  },
  {
    part: 'signing',
    needs: ['opening'],
    who: 'late',
    words: ({ late }) => steps.late(late.name),
    doings: [
      { type: 'moves', next: toLate },
      { type: 'says', who: 'clerk', text: aboutCourse(says.code) },
      { type: 'says', who: 'late', text: sayCode },
    ],
    isDone: ({ cards }) => isTitled(cards.late, signTexts.done.in, signTexts.done.late),
  },
  {
    part: 'roll',
    needs: ['opening', 'signing'],
    who: 'clerk',
    words: ({ late }) => steps.roll(late.name),
    doings: [
      { type: 'moves', next: toDayAfter },
      { type: 'says', who: 'clerk', text: aboutCourse((course, { cast }) => says.roll(course, cast.late.name)) },
      { type: 'presses', who: 'clerk', find: findSubmit },
      { type: 'presses', who: 'clerk', find: findSettle },
    ],
    isDone: ({ cards }) =>
      cards.clerk.some((card) => card.title === rollTexts.sessionTitle && findSettle(card) === undefined),
  },
  {
    part: 'make-up',
    needs: ['opening', 'signing', 'roll'],
    who: 'late',
    words: ({ late }) => steps.makeUp(late.name),
    doings: [{ type: 'says', who: 'late', text: aboutCourse(says.makeUp) }],
    isDone: ({ cards }) => isTitled(cards.late, makeUpTexts.doneTitle),
  },
  {
    part: 'make-up',
    needs: ['opening', 'signing', 'roll'],
    who: 'clerk',
    words: ({ clerk }) => steps.accept(clerk.name),
    doings: [
      { type: 'says', who: 'clerk', text: () => says.desk },
      { type: 'presses', who: 'clerk', find: findAcceptance },
    ],
    // Whatever the clerk decided; the list of what is owed is a table.
    isDone: ({ cards }) =>
      cards.late.some(
        ({ title, blocks }) => title === makeUpTexts.title && !blocks.some(({ type }) => type === 'table'),
      ),
  },
  {
    part: 'closing',
    needs: ['opening'],
    who: 'clerk',
    words: ({ clerk }) => steps.close(clerk.name),
    doings: [
      { type: 'says', who: 'clerk', text: aboutCourse(says.decide) },
      { type: 'says', who: 'clerk', text: aboutCourse(says.close) },
      { type: 'presses', who: 'clerk', find: findClosing },
    ],
    // Or the card says what is still missing.
    isDone: ({ cards }) =>
      cards.clerk.some(
        (card) =>
          card.title === closeTexts.doneTitle || (card.title === closeTexts.title && findClosing(card) === undefined),
      ),
  },
];
