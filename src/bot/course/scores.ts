import { type Cadre, cadres } from '../../domain/cadre.ts';
import type { Course } from '../../domain/course.ts';
import { type ExamResult, enterScore, isExamined } from '../../domain/exam.ts';
import type { Reply } from '../../messenger/reply.ts';
import { type Block, button, buttons, card, note, text, words } from '../../messenger/reply.ts';
import { showResult, showScore, scoreTexts as texts } from '../../texts/scores.ts';
import type { Context } from '../context.ts';
import { checkNames, type NamesReading } from '../text/names.ts';
import { readScores, type SaidScore } from '../text/scores.ts';
import { recordScore } from './exam.ts';
import { resultsOf } from './facts.ts';
import { askWhich, sayNames } from './names.ts';
import type { Participant } from './read.ts';

/** What is said of several people's scores. */
export interface ScoresSaid {
  readonly scores: string;
  readonly resit: boolean;
  readonly reason: string;
}

/** A score that can be entered. */
interface Ready {
  readonly cadre: Cadre;
  readonly score: number | null;
  readonly result: ExamResult;
  /** Whether the exam is asked of them, and a resit where they fail. */
  readonly isAsked: boolean;
}

interface Checked {
  readonly ready: readonly Ready[];
  /** A sentence for everything that keeps the whole back. */
  readonly faults: readonly string[];
  /** And for those who are left out. */
  readonly left: readonly string[];
  /** Several have this name; nothing else is wrong. */
  readonly doubt: NamesReading<SaidScore, Cadre>['doubts'][number] | null;
}

/** Looks whether everything is understood: a name that nobody in the class has keeps all of it back. */
async function checkScores(
  { tx, me, now }: Context,
  course: Course,
  people: readonly Participant[],
  { scores, resit, reason }: ScoresSaid,
): Promise<Checked> {
  const read = readScores(scores);
  const found = await tx.getAll(
    cadres,
    people.map(({ enrolment }) => enrolment.staffNo),
  );
  const members = found.filter((cadre) => cadre !== undefined);
  const names = checkNames(read.scores, members);
  const { unknown, twice, doubts, known } = names;
  const isOpen = read.unread.length + read.outside.length + unknown.length + twice.length > 0;
  const faults = isOpen
    ? [
        ...(read.unread.length === 0 ? [] : [texts.unread(read.unread)]),
        ...(read.outside.length === 0 ? [] : [texts.outside(read.outside)]),
        ...sayNames(names),
      ]
    : [];
  const ready: Ready[] = [];
  const left: string[] = [];
  for (const { said: line, person: cadre } of known) {
    const { score } = line;
    const { staffNo } = cadre;
    const before = await resultsOf(tx, course.id, staffNo);
    const enrolment = people.find((one) => one.enrolment.staffNo === staffNo)?.enrolment;
    const isAsked = enrolment !== undefined && isExamined(enrolment);
    if (!isAsked && (resit || before.length === 0)) {
      left.push(texts.notExamined(cadre.name));
      continue;
    }
    const said = { courseId: course.id, staffNo, score, resit, reason };
    const entered = enterScore(said, before, course.exam?.passMark ?? 0, me.staffNo, now);
    if (entered.ok) ready.push({ cadre, score, result: entered.result, isAsked });
    else left.push(texts.faults[entered.reason](cadre.name));
  }
  return { ready, faults, left, doubt: isOpen ? null : (doubts[0] ?? null) };
}

/** The scores as they would be entered, and what follows; nothing is entered before 确认. */
export async function draftScores(
  context: Context,
  course: Course,
  people: readonly Participant[],
  said: ScoresSaid,
): Promise<Reply> {
  const { ready, faults, left, doubt } = await checkScores(context, course, people, said);
  if (faults.length > 0) return text([texts.notSaved, ...faults].join('\n'));
  if (doubt !== null) return askWhich(context, '成绩', { course: course.id, ...said }, doubt);
  if (ready.length === 0) return text([...left, texts.nothingLeft].join('\n'));
  const failed = ready.filter(({ result, isAsked }) => isAsked && !result.passed);
  const draft = await context.ask({ command: '成绩', args: { course: course.id, ...said }, asking: 'confirm' });
  const summary = texts.draft(course, ready.length, failed.length, said.resit);
  return card(
    texts.draftTitle,
    left.length > 0 ? 'warn' : 'info',
    summary,
    words(summary),
    tableOf(ready.map(({ cadre, result }) => [cadre.name, cadre.unit, showResult(result)])),
    left.length === 0 ? null : words(left.join('\n')),
    buttons(button(texts.confirm(ready.length), '确认', { draft }, 'primary'), button(texts.cancel, '取消', { draft })),
    note(texts.draftHint),
  );
}

/** Enters what was confirmed; each person hears of the own score. */
export async function enterScores(
  context: Context,
  course: Course,
  people: readonly Participant[],
  said: ScoresSaid,
): Promise<Reply> {
  const { ready, faults, left, doubt } = await checkScores(context, course, people, said);
  if (faults.length > 0) return text([texts.notSaved, ...faults].join('\n'));
  if (doubt !== null) return askWhich(context, '成绩', { course: course.id, ...said }, doubt);
  let [failed, owing] = [0, 0];
  for (const { cadre, score } of ready) {
    const about = { courseId: course.id, staffNo: cadre.staffNo, score, resit: said.resit, reason: said.reason };
    const { score: entered, owes } = await recordScore(context, course, about, context.me.staffNo);
    if (!entered.ok) continue;
    const { result, before } = entered;
    if (!result.passed) failed += 1;
    if (owes !== null) owing += 1;
    const told =
      before === null
        ? texts.told(course, result)
        : texts.toldCorrected(course, result, showScore(before.score), said.reason);
    const next = owes === null ? '' : texts.toldOwed(owes.dueOn, context.today);
    await context.tell(cadre.staffNo, text(`${told}${next}`), {
      key: `score:${course.id}:${cadre.staffNo}:${result.attempt}:${result.earlier.length}`,
      purpose: 'decision',
    });
  }
  const summary = texts.done(ready.length, failed, owing);
  return card(
    texts.doneTitle,
    left.length > 0 ? 'warn' : 'good',
    summary,
    words(summary),
    left.length === 0 ? null : words(left.join('\n')),
  );
}

/** A table of scores, by name and unit. */
export const tableOf = (rows: string[][]): Block => ({
  type: 'table',
  columns: texts.columns.map((label) => ({ label, align: 'left' })),
  rows,
});
