import { courses, enrolments } from '../../domain/course.ts';
import type { Day } from '../../domain/day.ts';
import { type HourEntry, hourEntries } from '../../domain/hours.ts';
import {
  chooseWay,
  handInProof,
  type MakeUp,
  makeUps,
  type ProofFault,
  proofFault,
  proves,
  shortOf,
} from '../../domain/make-up.ts';
import { similarTitles } from '../../domain/overlap.ts';
import { countLength } from '../../domain/text-length.ts';
import { button, buttons, card, note, type Reply, text, words } from '../../messenger/reply.ts';
import { listAll, type Reader } from '../../store/store.ts';
import { makeUpTexts as texts } from '../../texts/make-up.ts';
import type { Context } from '../context.ts';
import { argsOf, type Owed, sayWhyNot } from './make-up-offer.ts';
import { leaveSitting } from './next-sittings.ts';

/** 看录像并交体会, without a text yet: the way is kept and the text asked for. */
export async function askText(context: Context, owed: Owed): Promise<Reply> {
  const refused = await keepWay(context, owed, 'recording');
  if (refused !== null) return refused;
  const { makeUp, course } = owed;
  const { minLength } = context.policy.makeUp;
  const args = { ...argsOf(makeUp), way: 'recording' };
  await context.ask({ command: '补训', args, asking: 'text' });
  const summary = texts.textAsk(makeUp, course, minLength);
  return card(
    texts.textTitle,
    'info',
    summary,
    words(summary),
    {
      type: 'form',
      name: 'make-up',
      fields: [
        {
          type: 'text',
          name: 'text',
          label: texts.textLabel(minLength),
          required: true,
          multiline: true,
          minLength,
          maxLength: 20_000,
        },
      ],
      submit: button(texts.textSubmit, '补训', args, 'primary'),
    },
    note(texts.textHint),
  );
}

/** 参加同主题培训, without a proof yet: the way is kept and the training asked for. */
export async function askTraining(context: Context, owed: Owed, said = ''): Promise<Reply> {
  const refused = await keepWay(context, owed, 'same-theme');
  if (refused !== null) return refused;
  const { makeUp, course, missed } = owed;
  const args = { ...argsOf(makeUp), way: 'same-theme' };
  await context.ask({ command: '补训', args, asking: 'proof' });
  const mine = (await entriesFor(context, owed)).sort(
    (a, b) =>
      Number(similarTitles(b.title, missed?.topic ?? '')) - Number(similarTitles(a.title, missed?.topic ?? '')) ||
      (a.to < b.to ? 1 : -1),
  );
  const summary = said === '' ? texts.themeAsk(makeUp, course) : texts.themeUnclear(said);
  return card(
    texts.themeTitle,
    said === '' ? 'info' : 'warn',
    summary,
    words(summary),
    mine.length === 0
      ? null
      : buttons(
          ...mine
            .slice(0, 4)
            .map(({ id, title }) => button(texts.entryButton(id, title), '补训', { ...args, entry: id })),
        ),
    {
      type: 'form',
      name: 'training',
      fields: [{ type: 'text', name: 'training', label: texts.themeLabel, required: true, maxLength: 60, value: said }],
      submit: button(texts.themeSubmit, '补训', args, 'primary'),
    },
    note(texts.themeHint(makeUp)),
  );
}

/** One's own trainings that can prove it. */
async function entriesFor({ tx }: Context, owed: Owed): Promise<HourEntry[]> {
  const { judge } = await proofJudge(tx, owed);
  const mine = await listAll(tx, hourEntries, { index: 'byPerson', equals: [owed.makeUp.staffNo] });
  return mine.filter((entry) => judge(entry) === null);
}

/** Judges trainings as proofs of a make-up; `others`: all make-ups of the person. */
export async function proofJudge(view: Reader, { makeUp, course, missed }: Owed) {
  const enrolment = await view.get(enrolments, `${course.id}:${makeUp.staffNo}`);
  const own = new Set(enrolment?.credits.map(({ entryId }) => entryId));
  const others = await listAll(view, makeUps, { index: 'byPerson', equals: [makeUp.staffNo] });
  const known = { day: missed?.day ?? '', own, others };
  return { others, judge: (entry: HourEntry): ProofFault | null => proofFault(makeUp, entry, known) };
}

/** What speaks against a training, in words. */
export const sayProofFault = (
  fault: ProofFault,
  entry: HourEntry,
  { makeUp, missed }: Owed,
  others: readonly MakeUp[],
  today: Day,
): string => {
  const used = others.find(
    (one) => (one.courseId !== makeUp.courseId || one.no !== makeUp.no) && proves(entry.id, one),
  );
  return texts.proofFaults[fault](entry, { makeUp, day: missed?.day ?? today, used, today });
};

/** Keeps the way that was chosen; the answer where it cannot be. */
async function keepWay(
  context: Context,
  { makeUp, course }: Owed,
  way: 'recording' | 'same-theme',
): Promise<Reply | null> {
  if (makeUp.way === way && makeUp.state !== 'open') return null;
  const result = chooseWay(makeUp, way, context.me.staffNo, context.policy);
  if (!result.ok) return text(sayWhyNot(result.reason, makeUp, course, way));
  await leaveSitting(context.tx, makeUp, context.now);
  await context.tx.put(makeUps, result.makeUp);
  return null;
}

/** The text about the recording. */
export function handInText(context: Context, owed: Owed, said: string): Promise<Reply> {
  const { longText } = context;
  const length = countLength(longText?.words ?? said);
  return handIn(context, owed, { way: 'recording', words: null, blob: longText?.blob ?? null, length, entryId: null });
}

/** The training of the same theme: one's own entry, or what another class has given. */
export async function handInTraining(
  context: Context,
  owed: Owed,
  proof: { readonly entry: number } | { readonly course: number },
): Promise<Reply> {
  const { tx, me, today } = context;
  const { others, judge } = await proofJudge(tx, owed);
  const named = 'entry' in proof ? [proof.entry] : await creditsFrom(tx, me.staffNo, owed, proof.course);
  if (named === null) return text(texts.notCourse('course' in proof ? proof.course : 0));
  const found = await tx.getAll(hourEntries, named.map(String));
  const mine = found.filter((entry): entry is HourEntry => entry?.staffNo === me.staffNo);
  const entry = mine.find((one) => judge(one) === null) ?? mine[0];
  if (entry === undefined) return text('entry' in proof ? texts.notEntry(proof.entry) : texts.noHoursYet(proof.course));
  const fault = judge(entry);
  if (fault !== null) return text(texts.notHandedIn(sayProofFault(fault, entry, owed, others, today)));
  const short = shortOf(owed.makeUp, entry);
  return handIn(
    context,
    owed,
    {
      way: 'same-theme',
      blob: null,
      length: 0,
      words: texts.entryProof(entry.id, entry.title, entry.to),
      entryId: entry.id,
    },
    [...(entry.state === 'submitted' ? [texts.waitsForEntry] : []), ...(short > 0 ? [texts.isShort(short)] : [])],
  );
}

/** 登记号 of what another class has given somebody; null: they were in no such class. */
async function creditsFrom(view: Reader, staffNo: string, { course }: Owed, other: number): Promise<number[] | null> {
  const known = other === course.id ? undefined : await view.get(courses, other);
  const enrolment = await view.get(enrolments, `${other}:${staffNo}`);
  if (known === undefined || known.state === 'cancelled' || enrolment === undefined) return null;
  return enrolment.credits.map(({ entryId }) => entryId);
}

async function handIn(
  context: Context,
  { makeUp, course }: Owed,
  proof: Omit<Parameters<typeof handInProof>[1], 'at'>,
  notes: readonly string[] = [],
): Promise<Reply> {
  const { tx, me, now, policy } = context;
  const result = handInProof(makeUp, { ...proof, at: now }, me.staffNo, policy);
  if (!result.ok) {
    return text(
      result.reason === 'too-short'
        ? texts.tooShort(proof.length, policy.makeUp.minLength)
        : sayWhyNot(result.reason, makeUp, course, proof.way),
    );
  }
  await leaveSitting(tx, makeUp, now);
  await tx.put(makeUps, result.makeUp);
  await context.closeQuestion('submitted');
  return sayDone(result.makeUp, { course }, notes);
}

const sayDone = (makeUp: MakeUp, { course }: Pick<Owed, 'course'>, notes: readonly string[]): Reply => {
  const said = texts.done(makeUp, course);
  return card(texts.doneTitle, 'good', said, words([said, ...notes].join('\n')));
};
