import { type AttendanceState, attendances, changedSince, type Mark } from '../../domain/attendance.ts';
import { cadres } from '../../domain/cadre.ts';
import { courses } from '../../domain/course.ts';
import { correctEvent } from '../../domain/entry-life.ts';
import { hourEntries } from '../../domain/hours.ts';
import { answerObjection, type Objection, objections } from '../../domain/objection.ts';
import { findConflicts } from '../../domain/overlap.ts';
import {
  button,
  card,
  choice,
  type Faults,
  type FormField,
  isFaulty,
  note,
  type Reply,
  text,
  withFaults,
  words,
} from '../../messenger/reply.ts';
import { attendanceNames } from '../../texts/glossary.ts';
import { logTexts } from '../../texts/hours.ts';
import { objectionTexts as texts } from '../../texts/objection.ts';
import { mayUse } from '../command.ts';
import type { Context } from '../context.ts';
import { appendHourEvent } from '../ledger.ts';
import { readers } from '../reflection-desk.ts';
import { nameOf } from '../review/desk.ts';
import { readBareAmount } from '../text/amounts.ts';
import { isReason } from '../text/reason.ts';
import { raiseConcerns } from './concerns.ts';
import { raiseFullDays } from './full-days.ts';
import { showDesk } from './objection-card.ts';
import { markAttendance } from './settle.ts';
import { followedLines } from './tell-followed.ts';
import { tellOwedAgain } from './tell-owed-again.ts';

/** What an objection can turn an attendance into; nobody objects to having been there. */
export const correctedStates = ['present', 'late', 'left-early', 'late-left-early', 'on-leave'] as const;

/** An answer as text or form brings it. */
export interface Answer {
  readonly verdict: 'uphold' | 'reject';
  readonly state?: AttendanceState | undefined;
  /** Hours, as people write them. */
  readonly amount?: string | undefined;
  readonly answer: string;
}

/**
 * The department's answer. Upheld, it corrects at once what was wrong: the attendance, with what follows from it, or the
 * hours of the entry.
 */
export async function answer(context: Context, id: number, heard: Answer): Promise<Reply> {
  const { tx, me, now } = context;
  if (!mayUse(readers, me)) return text(texts.deskOnly);
  const objection = await tx.get(objections, id);
  const person = objection && (await tx.get(cadres, objection.staffNo));
  if (objection === undefined || person === undefined) return text(texts.noSuch(id));
  if (objection.staffNo === me.staffNo) return text(texts.own);
  if (objection.state !== 'open') {
    const done = texts.notOpen(objection, await nameOf(context, objection.answeredBy ?? ''));
    return showDesk(context, done);
  }
  // What has been put right since it was raised is what it is upheld with, unless something else is said.
  const said = { ...heard, state: heard.state ?? (await putRight(context, objection)) };
  const isHours = said.verdict === 'uphold' && objection.entryId !== null && (said.amount ?? '') !== '';
  const hours = isHours ? readHours(context, said.amount ?? '') : null;
  const faults: Faults = {
    ...(said.verdict === 'uphold' && objection.entryId === null && said.state === undefined
      ? { state: texts.chooseState }
      : {}),
    ...(isReason(said.answer) ? {} : { answer: texts.noAnswer }),
    ...(isHours && hours === null ? { amount: texts.badHours } : {}),
  };
  const isBare = heard.answer === '' && heard.state === undefined && (heard.amount ?? '') === '';
  if (isFaulty(faults)) return askAnswer(context, objection, said, isBare ? {} : faults);
  const corrected =
    said.verdict === 'reject'
      ? { ok: true as const, told: '' }
      : objection.entryId === null
        ? await correctAttendance(context, objection, said)
        : await correctHours(context, objection, hours, said.answer);
  if (!corrected.ok) {
    const field = objection.entryId === null ? 'state' : 'amount';
    return askAnswer(context, objection, said, { [field]: corrected.fault });
  }
  const result = answerObjection(
    objection,
    { upheld: said.verdict === 'uphold', answer: said.answer },
    me.staffNo,
    now,
  );
  if (!result.ok) return text(texts.own);
  await tx.put(objections, result.objection);
  const told = `${texts.told(result.objection)}${corrected.told}`;
  const tone = said.verdict === 'uphold' ? 'good' : 'warn';
  await context.tell(person.staffNo, card(texts.title, tone, told, words(told)), {
    key: `objection:${id}:answer`,
    purpose: 'decision',
  });
  return showDesk(context, texts.done(result.objection, person.name));
}

/** What the attendance has been corrected to since the objection, where an objection can ask for it. */
async function putRight({ tx }: Context, { courseId, no, staffNo, at }: Objection) {
  const known = no === null ? undefined : await tx.get(attendances, `${courseId}:${no}:${staffNo}`);
  const state = changedSince(known, at);
  return correctedStates.find((one) => one === state);
}

type Corrected = { readonly ok: true; readonly told: string } | { readonly ok: false; readonly fault: string };

/** The attendance is what was found, as a correction with its source; hours and make-ups follow. */
async function correctAttendance(context: Context, objection: Objection, said: Answer): Promise<Corrected> {
  const { tx, me, now } = context;
  const { courseId, no, staffNo, id } = objection;
  const course = await tx.get(courses, courseId ?? 0);
  const state = said.state ?? 'present';
  if (course === undefined || no === null) return { ok: true, told: '' };
  const known = await tx.get(attendances, `${course.id}:${no}:${staffNo}`);
  if (known?.state === state)
    return changedSince(known, objection.at) === null
      ? { ok: false, fault: texts.sameState(state) }
      : { ok: true, told: texts.toldState(state) };
  const why = texts.why(id, said.answer);
  const mark: Mark = { state, source: 'objection', by: me.staffNo, at: now, reason: why };
  const { course: after, followed } = await markAttendance(context, course, no, new Map([[staffNo, mark]]), why);
  await raiseConcerns(context, after, followed);
  await raiseFullDays(context, after, followed);
  const lines = followed.flatMap((one) => followedLines(course, one, context.today));
  return { ok: true, told: [texts.toldState(state), ...lines].join('\n') };
}

async function correctHours(
  context: Context,
  { entryId, id }: Objection,
  hours: number | null,
  answered: string,
): Promise<Corrected> {
  const { tx, me, now, policies } = context;
  const entry = await tx.get(hourEntries, entryId ?? 0);
  if (entry === undefined || hours === null) return { ok: true, told: '' };
  const policy = policies.at(entry.to);
  const [impossible] = findConflicts({ ...entry, hours }, [], policy);
  if (impossible?.type === 'span-too-short') {
    return { ok: false, fault: logTexts.spanTooShort(impossible.hours, impossible.cap) };
  }
  const { from, to } = entry;
  const change = correctEvent(entry, { hours, from, to }, texts.why(id, answered), me.staffNo, now);
  if (!change.ok) {
    const { reason } = change;
    return {
      ok: false,
      fault:
        reason === 'no-change' ? texts.sameHours : reason === 'own-entry' ? texts.ownEntry : texts.cannotCorrect(entry),
    };
  }
  await tellOwedAgain(context, await appendHourEvent(tx, change.event, policy));
  return { ok: true, told: texts.toldHours(entry.hours, hours) };
}

/** Hundredths, or null when it was not understood. */
function readHours({ policy }: Context, amount: string): number | null {
  const reading = readBareAmount(amount, policy);
  return reading.ok && reading.amount.unit === 'hours' ? reading.amount.hours : null;
}

/** The form: what it becomes, where it is upheld, and the answer that the person reads. */
async function askAnswer(context: Context, objection: Objection, said: Answer, faults: Faults): Promise<Reply> {
  const { verdict } = said;
  const args = { id: objection.id, verdict };
  if (verdict === 'reject') await context.ask({ command: '异议', args, asking: 'reason' });
  const list: FormField[] = [
    ...(verdict === 'reject'
      ? []
      : objection.entryId === null
        ? [
            choice(
              'state',
              texts.stateLabel,
              correctedStates.map((state) => [state, attendanceNames[state]] as const),
              correctedStates.find((state) => state === said.state),
              true,
            ),
          ]
        : [
            {
              type: 'text' as const,
              name: 'amount',
              label: texts.hoursLabel,
              required: false,
              maxLength: 20,
              value: said.amount ?? '',
            },
          ]),
    { type: 'text', name: 'answer', label: texts.answerLabel, required: true, maxLength: 300, value: said.answer },
  ];
  const summary = verdict === 'uphold' ? texts.upholdAsk(objection) : texts.rejectAsk(objection);
  return card(
    verdict === 'uphold' ? texts.upholdTitle : texts.rejectTitle,
    isFaulty(faults) ? 'warn' : 'info',
    summary,
    words(summary),
    {
      type: 'form',
      name: 'answer',
      fields: withFaults(list, faults),
      submit: button(verdict === 'uphold' ? texts.uphold : texts.reject, '异议', args, 'primary'),
    },
    note(texts.answerHint),
  );
}
