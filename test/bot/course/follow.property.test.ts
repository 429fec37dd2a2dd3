import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Change, changeCourse } from '../../../src/bot/course/change.ts';
import { effectsOf } from '../../../src/bot/course/effects.ts';
import { followPerson } from '../../../src/bot/course/follow.ts';
import { followChange, withEnrolments } from '../../../src/bot/course/follow-change.ts';
import { followLeaves } from '../../../src/bot/course/follow-leaves.ts';
import { readFullDays } from '../../../src/bot/course/full-days.ts';
import { markLeave, unmarkLeave } from '../../../src/bot/course/leave-marks.ts';
import { proofJudge } from '../../../src/bot/course/make-up-proof.ts';
import { readRoll } from '../../../src/bot/course/read.ts';
import { markAttendance, settleSession } from '../../../src/bot/course/settle.ts';
import { appendHourEvent, nextEntryId } from '../../../src/bot/ledger.ts';
import { collections } from '../../../src/collections.ts';
import { type AttendanceState, attendanceStates, attendances, signIn } from '../../../src/domain/attendance.ts';
import { concerns } from '../../../src/domain/concern.ts';
import {
  type Course,
  courses,
  endOf,
  enrolments,
  expectedOf,
  hoursOf,
  type Session,
  startOf,
} from '../../../src/domain/course.ts';
import { takenAt } from '../../../src/domain/course-change.ts';
import { addMs, dayOf, instantAt, yearOf } from '../../../src/domain/day.ts';
import { decideEvent, submitEvent, voidEvent } from '../../../src/domain/entry-life.ts';
import { hourEntries } from '../../../src/domain/hours.ts';
import { askLeave, decideLeave, endLeave, leaves } from '../../../src/domain/leave.ts';
import { chooseWay, decideProof, handInProof, isOwing, type MakeUp, makeUps } from '../../../src/domain/make-up.ts';
import { listAll, type Transaction } from '../../../src/store/store.ts';
import { verifyStore } from '../../../src/store/verify.ts';
import { book, makeFacts, policy } from '../../domain/build.ts';
import { isTooFull, reckon, type Seat, type Sitting } from '../../support/class-rules.ts';
import { makeCourse, makeEnrolment, makeSession } from '../../support/course.ts';
import { openTemporaryStore } from '../../support/temporary-store.ts';

const clerk = 'E0003';
const persons = ['E0011', 'E0012'];
/** A class across the year's end and two later runs of it, of which one credits each 课次 by itself. */
const classIds = [1001, 1002, 1003];
const days = ['2026-12-30', '2026-12-31', '2027-01-04', '2027-01-05'];
/** Days to which 课次 are moved besides. */
const otherDays = ['2026-12-28', '2026-12-29', '2027-01-06'];
const lengths = [300, 200, 450, 100];
const topics = ['形势与政策', '党章党规', '形势与政策', '教学能力'];

const sittings = (classId: number): Session[] =>
  days.map((day, i) =>
    makeSession({
      no: i + 1,
      day,
      start: classId === 1001 ? '09:00' : classId === 1002 ? '14:00' : '18:30',
      end: classId === 1001 ? '11:00' : classId === 1002 ? '16:00' : '20:30',
      content: i === 3 ? 'professional' : 'party-spirit',
      hours: lengths[i] ?? 0,
      topic: topics[i] ?? '',
    }),
  );

const at = fc.record({
  run: fc.constantFrom(...classIds, 1001, 1001),
  who: fc.constantFrom(...persons),
  no: fc.integer({ min: 1, max: days.length }),
});
/** What is asked to become of a 课次, or rarely of the whole class. */
const change: fc.Arbitrary<Omit<Change, 'no'>> = fc.oneof(
  fc.constant({ change: 'cancel' as const }),
  { weight: 3, arbitrary: fc.constantFrom(...days, ...otherDays).map((line) => ({ change: 'edit' as const, line })) },
  fc.constantFrom('理论教育', '党性教育', '2.5学时').map((line) => ({ change: 'edit' as const, line })),
  {
    weight: 2,
    arbitrary: fc.integer({ min: 1, max: days.length }).map((into) => ({ change: 'merge' as const, into })),
  },
  fc.constant({ change: 'cancel-course' as const }),
);
const event = fc.oneof(
  at.map((place) => ({ type: 'enrol' as const, ...place })),
  fc.tuple(at, fc.subarray([1, 2, 3, 4])).map(([place, only]) => ({ type: 'enrol-part' as const, ...place, only })),
  fc
    .tuple(at, fc.subarray([1, 2, 3, 4], { minLength: 1 }))
    .map(([place, nos]) => ({ type: 'ask' as const, ...place, nos })),
  fc.nat({ max: 5 }).map((index) => ({ type: 'approve' as const, index })),
  fc.nat({ max: 5 }).map((index) => ({ type: 'end' as const, index })),
  fc
    .tuple(at, fc.integer({ min: -40, max: 70 }))
    .map(([place, minute]) => ({ type: 'sign-in' as const, ...place, minute })),
  {
    weight: 3,
    arbitrary: fc
      .tuple(at, fc.constantFrom(...attendanceStates))
      .map(([place, state]) => ({ type: 'roll' as const, ...place, state })),
  },
  { weight: 4, arbitrary: at.map((place) => ({ type: 'settle' as const, ...place })) },
  {
    weight: 4,
    arbitrary: fc.tuple(at, change).map(([place, asked]) => ({ type: 'change' as const, ...place, asked })),
  },
  at.map((place) => ({ type: 'leave-class' as const, ...place })),
  { weight: 3, arbitrary: at.map((place) => ({ type: 'choose' as const, ...place })) },
  { weight: 2, arbitrary: at.map((place) => ({ type: 'record' as const, ...place })) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(
        at,
        fc.constantFrom(...days, '2027-01-05', '2027-01-05'),
        fc.constantFrom('party-spirit' as const, 'party-spirit' as const, 'professional' as const),
        fc.boolean(),
      )
      .map(([place, day, content, again]) => ({ type: 'prove' as const, ...place, day, content, again })),
  },
  { weight: 2, arbitrary: fc.nat({ max: 3 }).map((index) => ({ type: 'void' as const, index })) },
  fc.integer({ min: 1, max: 40 }).map((hours) => ({ type: 'wait' as const, hours })),
);

/** What everybody in the room knows. */
interface Room {
  readonly states: Map<string, AttendanceState>;
  readonly fromLeave: Set<string>;
  /** Approved and not ended, whatever has become of the person since. */
  readonly granted: Set<string>;
  readonly recorded: Set<string>;
  readonly given: Set<string>;
  readonly asked: number[];
  /** Trainings that were logged to prove something: what they prove now, null where nothing any more. */
  readonly proofs: {
    readonly entryId: number;
    readonly who: string;
    readonly day: string;
    readonly content: string;
    for: string | null;
  }[];
  now: string;
}

const seatOf = (room: Room, course: Course, enrolled: Pick<Seat, 'since' | 'until' | 'only'>, who: string): Seat => ({
  since: enrolled.since,
  until: enrolled.until,
  only: enrolled.only,
  states: new Map(
    course.sessions.flatMap(({ no }) => {
      const state = room.states.get(`${course.id}:${no}:${who}`);
      return state === undefined ? [] : [[no, state] as const];
    }),
  ),
  recorded: new Set(course.sessions.map(({ no }) => no).filter((no) => room.recorded.has(`${course.id}:${no}:${who}`))),
  given: room.given.has(`${course.id}:${who}`),
});

const sittingOf = (session: Session): Sitting => ({
  no: session.no,
  start: startOf(session),
  day: session.day,
  end: session.end,
  year: yearOf(session.day),
  content: session.content,
  hours: session.hours,
  topic: session.topic,
  cancelled: session.cancelled,
  settled: session.settled !== null,
});

type Event = typeof event extends fc.Arbitrary<infer T> ? T : never;

async function happen(tx: Transaction, room: Room, what: Event): Promise<void> {
  const parts = { tx, now: room.now, policies: book };
  if (what.type === 'wait') {
    room.now = addMs(room.now, what.hours * 3_600_000);
    return;
  }
  if (what.type === 'approve' || what.type === 'end') {
    const leave = await tx.get(leaves, room.asked[what.index] ?? 0);
    const course = leave && (await tx.get(courses, leave.courseId));
    if (leave === undefined || course === undefined) return;
    if (what.type === 'approve') {
      const result = decideLeave(leave, { approve: true, words: '' }, clerk, room.now);
      if (!result.ok) return;
      await tx.put(leaves, result.leave);
      await markLeave(parts, course, result.leave);
      for (const no of leave.sessions) {
        const key = `${course.id}:${no}:${leave.staffNo}`;
        room.granted.add(key);
        const state = room.states.get(key) ?? 'absent';
        if (state !== 'absent' || course.sessions.find((one) => one.no === no)?.cancelled !== false) continue;
        room.states.set(key, 'on-leave');
        room.fromLeave.add(key);
      }
      return;
    }
    const result = endLeave(leave, course.sessions, leave.staffNo, room.now);
    if (!result.ok) return;
    await tx.put(leaves, result.leave);
    await unmarkLeave(tx, result.leave);
    for (const no of result.leave.ended?.sessions ?? []) {
      const key = `${course.id}:${no}:${leave.staffNo}`;
      room.granted.delete(key);
      if (room.fromLeave.has(key) && room.states.get(key) === 'on-leave') room.states.delete(key);
    }
    return;
  }
  if (what.type === 'void') {
    const used = room.proofs.filter((one) => one.for !== null);
    const proof = used[what.index % Math.max(1, used.length)] ?? room.proofs[what.index];
    const entry = proof && (await tx.get(hourEntries, proof.entryId));
    const voided = entry && voidEvent(entry, '重复登记', clerk, room.now);
    if (proof === undefined || voided?.ok !== true) return;
    await appendHourEvent(tx, voided.event, policy);
    const makeUp = proof.for === null ? undefined : await tx.get(makeUps, proof.for);
    if (makeUp?.entryId === proof.entryId) expect(makeUp.state).not.toBe('accepted');
    proof.for = null;
    return;
  }
  const { run, who, no } = what;
  const course = await tx.get(courses, run);
  const session = course?.sessions.find((one) => one.no === no);
  const enrolled = await tx.get(enrolments, `${run}:${who}`);
  if (course === undefined || session === undefined) return;
  const key = `${run}:${no}:${who}`;
  const follow = (changed: Course = course) => followPerson(parts, changed, who, '变更');
  switch (what.type) {
    case 'enrol':
    case 'enrol-part': {
      if (enrolled !== undefined) return;
      const only = what.type === 'enrol' ? null : what.only;
      const since = what.type === 'enrol' && run === 1001 ? room.now : null;
      await tx.put(enrolments, makeEnrolment({ courseId: run, staffNo: who, since, only }));
      await follow();
      return;
    }
    case 'ask': {
      if (enrolled === undefined || course.state !== 'open') return;
      const known = await listAll(tx, leaves, { index: 'byPerson', equals: [who, run] });
      const wanted = expectedOf(course, enrolled).filter((one) => what.nos.includes(one.no));
      const id = await tx.nextNumber('leaves');
      const ask = { id, courseId: run, staffNo: who, sessions: wanted, reason: '出差开会', at: room.now };
      const result = askLeave(ask, known, course.sessions, policy);
      if (!result.ok) return;
      await tx.put(leaves, result.leave);
      room.asked.push(id);
      return;
    }
    case 'sign-in': {
      if (enrolled === undefined) return;
      const when = addMs(startOf(session), what.minute * 60_000);
      const known = await tx.get(attendances, key);
      const result = signIn(session, known, { courseId: run, staffNo: who }, when, policy);
      if (!result.ok) return;
      await tx.put(attendances, result.attendance);
      room.states.set(key, what.minute > 10 ? 'late' : 'present');
      return;
    }
    case 'roll': {
      if (enrolled === undefined) return;
      const mark = { state: what.state, source: 'roll', by: clerk, at: room.now, reason: null } as const;
      await markAttendance(parts, course, no, new Map([[who, mark]]), '更正');
      room.states.set(key, what.state);
      if (what.state !== 'on-leave') room.fromLeave.delete(key);
      return;
    }
    case 'settle': {
      const settled = await settleSession(parts, run, no, clerk, '考勤确认');
      if (settled === null) return;
      for (const person of persons) {
        const there = await tx.get(enrolments, `${run}:${person}`);
        const start = startOf(session);
        const isIn =
          there !== undefined &&
          there.only?.includes(no) !== false &&
          (there.since === null || start >= there.since) &&
          (there.until === null || start < there.until);
        const place = `${run}:${no}:${person}`;
        if (isIn && !room.states.has(place)) room.states.set(place, 'absent');
      }
      return;
    }
    case 'change':
      return changeClass(tx, room, course, session, { ...what.asked, no });
    case 'leave-class':
      if (enrolled?.until !== null) return;
      await tx.put(enrolments, { ...enrolled, until: room.now });
      await follow();
      for (const { enrolment, ...known } of (await readRoll(tx, run))?.people ?? [])
        if (enrolment.staffNo === who) await followLeaves(parts, course, { ...known, enrolment });
      return;
    case 'choose':
    case 'record': {
      const owed = await tx.get(makeUps, key);
      if (owed === undefined) return;
      const result =
        what.type === 'choose'
          ? chooseWay(owed, 'next-run', who, policy, { courseId: run === 1002 ? 1003 : 1002, no: (no % 4) + 1 })
          : handInProof(
              owed,
              { way: 'recording', words: null, blob: null, length: 900, entryId: null, at: room.now },
              who,
              policy,
            );
      if (!result.ok) return;
      const done =
        what.type === 'choose' ? result : decideProof(result.makeUp, { accept: true, words: '' }, clerk, room.now);
      if (!done.ok) throw new Error(done.reason);
      await tx.put(makeUps, done.makeUp);
      if (what.type === 'record') room.recorded.add(key);
      await follow();
      return;
    }
    case 'prove': {
      const owed = await tx.get(makeUps, key);
      const known = what.again ? room.proofs.find((one) => one.who === who) : undefined;
      const proof = known ?? (await logTraining(tx, room, what));
      const entry = await tx.get(hourEntries, proof.entryId);
      if (owed === undefined || entry === undefined || !isOwing(owed)) return;
      const owing = { makeUp: owed, course, missed: session };
      const isGood =
        entry.state === 'approved' && proof.day >= session.day && proof.content === owed.content && proof.for === null;
      expect([key, (await proofJudge(tx, owing)).judge(entry) === null]).toEqual([key, isGood]);
      if (!isGood) return;
      const shared = {
        way: 'same-theme',
        words: null,
        blob: null,
        length: 0,
        entryId: entry.id,
        at: room.now,
      } as const;
      const handed = handInProof(owed, shared, who, policy);
      const done = handed.ok ? decideProof(handed.makeUp, { accept: true, words: '' }, clerk, room.now) : handed;
      if (!done.ok) throw new Error(done.reason);
      await tx.put(makeUps, done.makeUp);
      proof.for = key;
      await follow();
    }
  }
}

/** A training of a person of two hours, approved at once. */
async function logTraining(
  tx: Transaction,
  room: Room,
  what: Event & { type: 'prove' },
): Promise<Room['proofs'][number]> {
  const { who, day, content } = what;
  const entryId = await nextEntryId(tx);
  const facts = makeFacts({ from: day, to: day, hours: 200, content, title: `专题辅导${entryId}` });
  const submitted = await appendHourEvent(
    tx,
    submitEvent({ entryId, staffNo: who, by: who, at: room.now, facts, source: 'chat', importId: null }),
    policy,
  );
  const decided = decideEvent(submitted, { type: 'approved' }, clerk, room.now);
  if (!decided.ok) throw new Error(decided.reason);
  await appendHourEvent(tx, decided.event, policy);
  const proof = { entryId, who, day, content, for: null };
  room.proofs.push(proof);
  return proof;
}

/** Who was absent without leave is the department's to decide about, as long as the class and its 课次 take place. */
async function compareConcerns(tx: Transaction, room: Room, course: Course, who: string): Promise<void> {
  const enrolled = await tx.get(enrolments, `${course.id}:${who}`);
  const isAbsent = ({ no, settled, cancelled, day, start: at }: Session): boolean => {
    const start = instantAt(day, at);
    const isIn =
      enrolled !== undefined &&
      enrolled.only?.includes(no) !== false &&
      (enrolled.since === null || start >= enrolled.since) &&
      (enrolled.until === null || start < enrolled.until);
    return isIn && !cancelled && settled !== null && room.states.get(`${course.id}:${no}:${who}`) === 'absent';
  };
  const isOff = enrolled === undefined || course.state === 'cancelled';
  const row = await tx.get(concerns, `${course.id}:${who}`);
  expect(row?.about.includes('absence') ?? false).toBe(!isOff && course.sessions.some(isAbsent));
}

const creditedIn = async (tx: Transaction, courseId: number): Promise<number> =>
  hoursOf(
    (await Promise.all(persons.map((who) => listAll(tx, hourEntries, { index: 'byPerson', equals: [who] }))))
      .flat()
      .filter(({ state, proof }) => state === 'approved' && proof === `培训班 ${courseId} 考勤`),
  );

/** A change as the desk makes it: the ledger changes by what was foreseen, and attendance stays with its day. */
async function changeClass(
  tx: Transaction,
  room: Room,
  course: Course,
  session: Session,
  asked: Change,
): Promise<void> {
  if (course.state !== 'open') return;
  const parts = { tx, now: room.now, policies: book };
  const roll = (await readRoll(tx, course.id))?.people ?? [];
  const taken = takenAt(roll.flatMap(({ attended }) => attended));
  const judging = { today: dayOf(room.now), now: room.now, policy, taken };
  const changed = changeCourse(course, asked, judging);
  if (!changed.ok) return;
  const people = withEnrolments(course, changed.course, roll, asked, room.now);
  const foreseen = effectsOf(course, changed.course, changed.nos, people, policy, room.now);
  const before = await creditedIn(tx, course.id);
  await tx.put(courses, changed.course);
  await followChange(parts, course, changed.course, people, asked.into);
  const { entered, corrected } = foreseen;
  expect((await creditedIn(tx, course.id)) - before).toBe(
    entered.hours + hoursOf(corrected.after) - hoursOf(corrected.before),
  );
  const places = persons.map((who) => `${course.id}:${session.no}:${who}`);
  const isTaken = places.some((key) => room.states.has(key) && !isOnlyLeave(room, key));
  const after = changed.course.sessions.find(({ no }) => no === session.no) ?? session;
  if (asked.change === 'merge') expect([isTaken, session.settled]).toEqual([false, null]);
  if (after.day === session.day || (session.settled === null && !isTaken)) return;
  const tookPlace = session.settled !== null || endOf(session) <= room.now;
  if (tookPlace) expect(endOf(after) <= room.now).toBe(true);
  for (const key of tookPlace ? [] : places.filter((key) => !isOnlyLeave(room, key))) {
    room.states.delete(key);
    if (!room.granted.has(key)) continue;
    room.states.set(key, 'on-leave');
    room.fromLeave.add(key);
  }
}

const isOnlyLeave = (room: Room, key: string): boolean =>
  room.states.get(key) === 'on-leave' && room.fromLeave.has(key);

const inOrder = (hours: Iterable<number>): number[] => [...hours].sort((a, b) => a - b);

async function compare(tx: Transaction, room: Room): Promise<void> {
  const all = await Promise.all(classIds.map((id) => tx.get(courses, id)));
  for (const who of persons) {
    const owed = new Map<string, MakeUp>();
    for (const one of await listAll(tx, makeUps, { index: 'byPerson', equals: [who] }))
      owed.set(`${one.courseId}:${one.no}`, one);
    const entries = await listAll(tx, hourEntries, { index: 'byPerson', equals: [who] });
    const needed = new Map<
      string,
      {
        readonly cause: string;
        readonly hours: number;
        readonly topic: string;
        readonly run: number;
        readonly start: string;
      }
    >();
    const given = new Map<string, { hours: number; evening: boolean }[]>();
    const there: { readonly run: number; readonly no: number; readonly topic: string; readonly start: string }[] = [];
    for (const course of all) {
      if (course === undefined) continue;
      for (const row of await listAll(tx, attendances, { index: 'byPerson', equals: [who, course.id] })) {
        const session = course.sessions.find(({ no }) => no === row.no);
        if (row.in !== null && session?.cancelled === false) expect(dayOf(row.in)).toBe(session.day);
      }
      const enrolled = await tx.get(enrolments, `${course.id}:${who}`);
      const mine = entries.filter(({ state, proof }) => state === 'approved' && proof === `培训班 ${course.id} 考勤`);
      const seat = enrolled && seatOf(room, course, enrolled, who);
      const isOff = course.state === 'cancelled' || seat === undefined;
      const expected = isOff || enrolled === undefined ? [] : expectedOf(course, enrolled).map(({ no }) => no);
      for (const leave of await listAll(tx, leaves, { index: 'byPerson', equals: [who, course.id] }))
        if (leave.state === 'asked' || leave.state === 'approved')
          expect(expected).toEqual(expect.arrayContaining(leave.sessions));
      const due = isOff ? null : reckon(course.sessions.map(sittingOf), seat, course.creditsEach);
      if (due !== null && due.hours.size > 0) room.given.add(`${course.id}:${who}`);
      expect(inOrder(mine.map(({ hours }) => hours))).toEqual(inOrder(due?.hours.values() ?? []));
      for (const [no, one] of due?.missing ?? []) {
        const { topic = '', start = '' } = course.sessions.map(sittingOf).find((sitting) => sitting.no === no) ?? {};
        needed.set(`${course.id}:${no}`, { ...one, topic, start, run: course.id });
      }
      for (const [day, one] of due?.byDay ?? []) given.set(day, [...(given.get(day) ?? []), one]);
      there.push(...(due?.there ?? []).map(({ no, topic, start }) => ({ run: course.id, no, topic, start })));
    }
    const logged = (day: string): number[] =>
      entries
        .filter((one) => one.source === 'chat' && one.state === 'approved' && one.from === day)
        .map(({ hours }) => hours);
    const full = await readFullDays(tx, who, { courseId: 0, credits: [] }, days, book);
    expect(full.map(({ day }) => day)).toEqual(days.filter((day) => isTooFull(given.get(day) ?? [], logged(day))));
    const used = new Set<string>();
    const proven = new Set<number>();
    for (const [key, one] of owed) {
      const isWaived = one.state === 'waived';
      const isDecided = one.state === 'accepted' && one.decidedBy === clerk;
      if (!needed.has(key)) expect([key, isWaived || isDecided]).toEqual([key, true]);
      if (one.state === 'accepted' && one.way === 'same-theme') {
        // One training proves one thing, and only as long as it stands.
        const entry = entries.find(({ id }) => id === one.entryId);
        expect([key, entry?.state, proven.has(one.entryId ?? 0)]).toEqual([key, 'approved', false]);
        proven.add(one.entryId ?? 0);
      }
      if (one.state === 'chosen' && one.by !== null) {
        // What is waited for is still to come.
        const run = all.find((course) => course?.id === one.by?.courseId);
        const sitting = run?.sessions.find((session) => session.no === one.by?.no);
        expect([key, run?.state, sitting?.settled, sitting?.cancelled]).toEqual([key, 'open', null, false]);
      }
      if (one.state !== 'accepted' || one.way !== 'next-run') continue;
      const by = there.find(({ run, no }) => run === one.by?.courseId && no === one.by.no);
      const name = `${by?.run}:${by?.no}`;
      const need = needed.get(key);
      const isAfter = by !== undefined && need !== undefined && by.run !== need.run && by.start > need.start;
      expect([key, isAfter]).toEqual([key, true]);
      expect([name, used.has(name)]).toEqual([name, false]);
      used.add(name);
    }
    for (const [key, need] of needed) {
      const one = owed.get(key);
      expect([key, one === undefined || one.state === 'waived']).toEqual([key, false]);
      if (one === undefined || !isOwing(one)) continue;
      expect(one).toMatchObject({ cause: need.cause, hours: need.hours });
      const stand = there.find(
        (by) =>
          by.run !== need.run && by.start > need.start && by.topic === need.topic && !used.has(`${by.run}:${by.no}`),
      );
      expect([key, stand]).toEqual([key, undefined]);
    }
  }
}

/** Somebody who is in a run anyway waits for one of its 课次, which is merged before anything of the run is settled. */
const merged: Event[] = [
  { type: 'settle', run: 1001, who: 'E0011', no: 4 },
  { type: 'choose', run: 1001, who: 'E0011', no: 4 },
  { type: 'change', run: 1002, who: 'E0011', no: 1, asked: { change: 'merge', into: 2 } },
];

test('hours and make-ups are what attendance, corrections and rules give, in whatever order things happen', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(event, { minLength: 5, maxLength: 40 }), fc.boolean(), async (story, each) => {
      const temporary = await openTemporaryStore(collections);
      const { store } = temporary;
      const room: Room = {
        states: new Map(),
        fromLeave: new Set(),
        granted: new Set(),
        recorded: new Set(),
        given: new Set(),
        asked: [],
        proofs: [],
        now: instantAt('2026-12-29', '09:00'),
      };
      const change = (work: (tx: Transaction) => Promise<void>) =>
        store.transaction({ actor: clerk, via: 'message', what: 'test', ref: '', at: room.now }, work);
      try {
        await change(async (tx) => {
          for (const id of classIds) {
            const repeats = id === 1001 ? null : id === 1002 ? 1001 : each ? 1001 : 1002;
            const course = makeCourse({ id, sessions: sittings(id), repeats, creditsEach: id === 1003 || each });
            await tx.nextNumber('courses');
            await tx.put(courses, course);
          }
          for (const who of persons) await tx.put(enrolments, makeEnrolment({ courseId: 1002, staffNo: who }));
          await tx.put(enrolments, makeEnrolment({ courseId: 1001, staffNo: 'E0011' }));
        });
        for (const what of story) {
          await change(async (tx) => {
            await happen(tx, room, what);
            await compare(tx, room);
          });
        }
        await change(async (tx) => {
          for (const id of classIds) {
            const course = await tx.get(courses, id);
            for (const who of course === undefined ? [] : persons) {
              const again = course && (await followPerson({ tx, now: room.now, policies: book }, course, who, '再看'));
              const changes = again && [
                again.made,
                again.corrected,
                again.voided,
                again.opened,
                again.closed,
                again.waived,
              ];
              expect(changes?.flat() ?? []).toEqual([]);
              if (course !== undefined) await compareConcerns(tx, room, course, who);
            }
          }
        });
        expect((await verifyStore(store, collections)).problems).toEqual([]);
      } finally {
        await temporary.remove();
      }
    }),
    { numRuns: 40, examples: [[merged, false]] },
  );
}, 60_000);
