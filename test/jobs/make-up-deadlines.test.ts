import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cadres } from '../../src/domain/cadre.ts';
import { dayOf, instantAt } from '../../src/domain/day.ts';
import { leaves } from '../../src/domain/leave.ts';
import { type MakeUp, makeUps, openMakeUp } from '../../src/domain/make-up.ts';
import { objections } from '../../src/domain/objection.ts';
import { policy } from '../domain/build.ts';
import { type Clockwork, openClockwork } from '../support/clockwork.ts';
import { college, people } from '../support/college.ts';
import { makeSession, openCourse } from '../support/course.ts';

let bot: Clockwork;
beforeEach(async () => {
  bot = await openClockwork({ people: college });
});
afterEach(() => bot.remove());

const heard = (staffNo: string, words: string) =>
  bot.messenger.arrived.filter(({ to, text }) => to === staffNo && text.includes(words)).map(({ at }) => dayOf(at));

const owed: MakeUp = {
  ...openMakeUp(
    { courseId: 1001, no: 2, staffNo: people.cadre.staffNo, cause: 'absent', hours: 300, content: 'theory' },
    '2026-11-20',
    policy,
  ),
  dueOn: '2026-12-04',
};

describe('a make-up', () => {
  test('climbs from the person to the head of the unit and the department, each tier once', async () => {
    await openCourse(bot, {}, [people.cadre]);
    await bot.write((tx) => tx.put(makeUps, owed));
    await bot.until('2026-12-22');
    const what = '1001《党性教育专题班》第 2 课次';
    expect(heard(people.cadre.staffNo, what)).toEqual(['2026-11-23', '2026-12-04', '2026-12-07']);
    expect(heard(people.unitHead.staffNo, what)).toEqual(['2026-12-11']);
    expect(heard(people.clerk.staffNo, what)).toEqual(['2026-12-18']);
  });

  test('is not mentioned any more once something is handed in, and once more when that came back late', async () => {
    await openCourse(bot, {}, [people.cadre]);
    await bot.write((tx) =>
      tx.put(makeUps, { ...owed, state: 'handed-in', way: 'recording', handedInAt: '2026-11-19T01:00:00.000Z' }),
    );
    await bot.until('2026-12-06');
    expect(heard(people.cadre.staffNo, '第 2 课次')).toEqual([]);
    await bot.write((tx) =>
      tx.put(makeUps, { ...owed, state: 'returned', way: 'recording', handedInAt: '2026-11-19T01:00:00.000Z' }),
    );
    await bot.until('2026-12-10');
    expect(heard(people.cadre.staffNo, '第 2 课次')).toEqual(['2026-12-07']);
  });

  test("of somebody who has left is nobody's any more", async () => {
    await openCourse(bot, {}, [people.cadre]);
    await bot.write(async (tx) => {
      await tx.put(makeUps, owed);
      await tx.put(cadres, { ...people.cadre, state: 'left' });
    });
    await bot.until('2026-12-22');
    for (const { staffNo } of college) expect(heard(staffNo, '第 2 课次')).toEqual([]);
  });
});

test('a leave without an answer is said to who decides before the 课次, and an objection past its day to the clerks', async () => {
  const day = '2026-11-24';
  await openCourse(bot, { tutor: people.unitHead.staffNo, sessions: [makeSession({ day })] }, [people.cadre]);
  const at = instantAt('2026-11-20', '08:00');
  const decided = { decidedBy: null, decidedAt: null, decision: null, ended: null, version: 1 };
  await bot.write(async (tx) => {
    const leave = {
      courseId: 1001,
      staffNo: people.cadre.staffNo,
      sessions: [1],
      halfDays: 1,
      hours: 300,
      reason: '出差开会',
    };
    const asked = { state: 'asked', approver: 'tutor', askedAt: at } as const;
    await tx.put(leaves, { id: await tx.nextNumber('leaves'), ...leave, ...asked, ...decided });
    await tx.put(objections, {
      id: await tx.nextNumber('objections'),
      staffNo: people.cadre.staffNo,
      courseId: 1001,
      no: 1,
      entryId: null,
      words: '我到了',
      facts: '缺勤',
      at,
      dueOn: '2026-11-25',
      state: 'open',
      answer: null,
      answeredBy: null,
      answeredAt: null,
    });
  });
  await bot.until('2026-11-30');
  const [eve] = heard(people.unitHead.staffNo, '请假号 1001');
  expect(eve).toBe('2026-11-23');
  expect(heard(people.clerk.staffNo, '异议号 1001')).toEqual(['2026-11-26']);
  expect(heard(people.cadre.staffNo, '号 1001')).toEqual([]);
});
