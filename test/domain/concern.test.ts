import { describe, expect, it } from 'vitest';
import { openConcerns } from '../../src/domain/concern.ts';
import type { Enrolment } from '../../src/domain/course.ts';
import { makeAttendance, makeEnrolment, makeSession } from '../support/course.ts';

const at = '2026-11-24T01:00:00.000Z';
const sessions = [1, 2, 3].map((no) => makeSession({ no, settled: { by: 'E0003', at } }));
const policy = { leave: { tutorHalfDays: 1, clerkHalfDays: 2, limitDivisor: 7 } };
type Decision = Enrolment['decisions'][number];
const decided = (about: Decision['about'], on?: Decision['on']): Decision => ({
  about,
  words: '已谈话，按期补训',
  by: 'E0003',
  at,
  ...(on === undefined ? {} : { on }),
});

/** What is open about somebody who was absent from, or on leave from, these 课次 and of whom this is decided. */
const openFor = (absent: readonly number[], onLeave: readonly number[], ...decisions: Decision[]) =>
  openConcerns(
    { sessions },
    {
      enrolment: makeEnrolment({ courseId: 1001, staffNo: 'E1001', decisions }),
      attended: [
        ...absent.map((no) => makeAttendance({ no, staffNo: 'E1001', state: 'absent' })),
        ...onLeave.map((no) => makeAttendance({ no, staffNo: 'E1001', state: 'on-leave' })),
      ],
      leaves: [],
    },
    policy,
  ).map(({ about }) => about);

describe('what the department has to decide', () => {
  it.each<[string, readonly number[], readonly number[], Decision[], string[]]>([
    ['nothing is missed', [], [], [], []],
    ['an absence', [1], [], [], ['absence']],
    ['the absence that was decided on', [1], [], [decided('absence', { missed: 0, nos: [1] })], []],
    ['one more since', [1, 2], [], [decided('absence', { missed: 0, nos: [1] })], ['absence']],
    ['another one, the first corrected away', [2], [], [decided('absence', { missed: 0, nos: [1] })], ['absence']],
    ['fewer than were decided on', [1], [], [decided('absence', { missed: 0, nos: [1, 2] })], []],
    ['leave over the part of the rule', [], [1], [], ['leave']],
    ['as much leave as was decided on', [], [1], [decided('leave', { missed: 300, nos: [] })], []],
    ['more leave since', [], [1, 2], [decided('leave', { missed: 300, nos: [] })], ['leave']],
    ['a decision on the other thing', [1], [2], [decided('leave', { missed: 300, nos: [] })], ['absence']],
    ['a decision of before its extent was kept', [1, 2], [], [decided('absence')], []],
  ])('%s', (_, absent, onLeave, decisions, open) => expect(openFor(absent, onLeave, ...decisions)).toEqual(open));
});
