import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { courses } from '../../src/domain/course.ts';
import { dayOf } from '../../src/domain/day.ts';
import { askLeave, decideLeave, leaves } from '../../src/domain/leave.ts';
import { type Clockwork, openClockwork } from '../support/clockwork.ts';
import { college, people } from '../support/college.ts';
import { attend, makeSession, openCourse } from '../support/course.ts';

let bot: Clockwork;
beforeEach(async () => {
  // A Friday: between a class of today and the next working day there is a weekend.
  bot = await openClockwork({ people: college });
});
afterEach(() => bot.remove());

const pupils = [people.cadre, people.newcomer];
const settledOn = async (no: number) => {
  const course = await bot.store.read((view) => view.get(courses, 1001));
  const settled = course?.sessions.find((one) => one.no === no)?.settled ?? null;
  return settled === null ? null : `${dayOf(settled.at)} ${settled.by}`;
};
const heard = (staffNo: string, words: string) =>
  bot.messenger.arrived
    .filter(({ to, text }) => to === staffNo && text.includes(words))
    .map(({ at, text }) => ({ day: dayOf(at), text }));

describe('attendance that nobody has settled', () => {
  it('settles itself a working day later, over a weekend, where somebody has signed in', async () => {
    await openCourse(
      bot,
      { sessions: [makeSession(), makeSession({ no: 2, day: '2026-11-23' })], creditsEach: true },
      pupils,
    );
    await attend(bot, { staffNo: people.cadre.staffNo, state: 'present' });
    await bot.until('2026-11-23', '08:04');
    expect(await settledOn(1)).toBeNull();
    await bot.until('2026-11-23', '08:29');
    expect(await settledOn(1)).toBe('2026-11-23 system');
    // Nobody hears of it before the hours in which the bot speaks unasked.
    expect(bot.messenger.arrived).toEqual([]);
    await bot.until('2026-11-23', '09:30');
    expect(heard(people.cadre.staffNo, '您参加的 1001《党性教育专题班》已认定')).toHaveLength(1);
    expect(heard(people.newcomer.staffNo, '第 1 课次缺勤')).toHaveLength(1);
    expect(heard(people.clerk.staffNo, '李䶮（外国语学院）无故缺勤：第 1 课次')).toHaveLength(1);
  });

  it('is told to the clerks with the digest, once, where nobody has; a leave alone is no roll', async () => {
    await openCourse(bot, {}, pupils);
    await attend(bot, {
      staffNo: people.cadre.staffNo,
      state: 'on-leave',
      marks: [{ state: 'on-leave', source: 'leave', by: 'E0003', at: '2026-11-19T01:00:00.000Z', reason: null }],
    });
    await bot.until('2026-11-30');
    expect(await settledOn(1)).toBeNull();
    expect(
      heard(people.clerk.staffNo, '培训班 1001《党性教育专题班》第 1 课次（11月20日）还没有任何签到'),
    ).toMatchObject([{ day: '2026-11-23' }]);
    await attend(bot, { staffNo: people.newcomer.staffNo, state: 'present' });
    await bot.until('2026-12-01', '09:30');
    expect(await settledOn(1)).toBe('2026-12-01 system');
  });

  it('waits while a leave from it has no answer, of which whoever decides hears once', async () => {
    await openCourse(bot, {}, pupils);
    await attend(bot, { staffNo: people.cadre.staffNo, state: 'present' });
    const policy = bot.policies.at('2026-11-20');
    const ask = {
      id: 1001,
      courseId: 1001,
      staffNo: people.newcomer.staffNo,
      sessions: [makeSession()],
      reason: '看病',
    };
    const asked = askLeave({ ...ask, at: '2026-11-19T01:00:00.000Z' }, [], ask.sessions, policy);
    await bot.write(async (tx) => {
      if (asked.ok) await tx.put(leaves, asked.leave);
    });
    await bot.until('2026-11-23', '09:30');
    expect(await settledOn(1)).toBeNull();
    expect(heard(people.clerk.staffNo, '11月20日已经上课，考勤要等答复后才能确认')).toHaveLength(1);
    await bot.write(async (tx) => {
      const refused =
        asked.ok && decideLeave(asked.leave, { approve: false, words: '没有批件' }, 'E0003', bot.clock.now());
      if (refused !== false && refused.ok) await tx.put(leaves, refused.leave);
    });
    await bot.until('2026-11-24', '09:30');
    expect(await settledOn(1)).toBe('2026-11-24 system');
  });

  it('of a cancelled class or 课次 stays as it is', async () => {
    await openCourse(bot, { sessions: [makeSession({ cancelled: true }), makeSession({ no: 2 })] }, pupils);
    await openCourse(bot, { id: 1002, state: 'cancelled' }, pupils);
    await attend(bot, { staffNo: people.cadre.staffNo, state: 'present' });
    await bot.until('2026-11-24');
    expect(await settledOn(1)).toBeNull();
    expect(heard(people.clerk.staffNo, '还没有任何签到')).toMatchObject([
      { text: expect.stringContaining('第 2 课次') },
    ]);
  });
});
