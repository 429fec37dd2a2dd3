import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { chats } from '../../src/bot/chats.ts';
import { announcements } from '../../src/bot/course/announce.ts';
import { newEnrolment } from '../../src/bot/course/enrol.ts';
import { type Course, courses, enrolments } from '../../src/domain/course.ts';
import { dayOf } from '../../src/domain/day.ts';
import { hearings } from '../../src/domain/hearing.ts';
import { leaves } from '../../src/domain/leave.ts';
import { type Clockwork, openClockwork } from '../support/clockwork.ts';
import { college, people } from '../support/college.ts';

let bot: Clockwork;
beforeEach(async () => {
  bot = await openClockwork({ people: college });
});
afterEach(() => bot.remove());

const at = '2026-11-20T01:00:00.000Z';
const session = (no: number, day: string, start = '09:00') => ({
  no,
  day,
  start,
  end: start === '09:00' ? '11:30' : '16:30',
  content: 'party-spirit' as const,
  hours: 300,
  topic: `专题${no}`,
  speaker: null,
  place: null,
  cancelled: false,
  settled: null,
});

/** A class of 欧阳明月 and 王芳 on Tuesday morning and afternoon, and on Monday after a weekend. */
const open = (changed: Partial<Course> = {}) =>
  bot.write(async (tx) => {
    const sessions = [session(1, '2026-11-24'), session(2, '2026-11-24', '14:00'), session(3, '2026-11-30')];
    await tx.put(courses, {
      id: 1001,
      title: '党性教育专题班',
      kind: 'thematic',
      form: 'self-study',
      level: 'college',
      organiser: null,
      place: '报告厅',
      tutor: 'E0003',
      sessions,
      from: '2026-11-24',
      to: '2026-11-30',
      signsOut: false,
      creditsEach: false,
      reflection: null,
      exam: null,
      repeats: null,
      exception: null,
      state: 'open',
      reason: null,
      createdBy: 'E0003',
      createdAt: at,
      endedBy: null,
      endedAt: null,
      version: 1,
      ...changed,
    });
    for (const staffNo of ['E0010', 'E0011']) await tx.put(enrolments, newEnrolment(1001, staffNo, 'E0003', at));
    await tx.put(chats, { messenger: 'simulator', id: 'oc_cadres', name: '干部群', bulletin: false });
    await tx.put(announcements, { courseId: 1001, messenger: 'simulator', chat: 'oc_cadres', by: 'E0003', at });
  });
const heard = (target: string): string[] =>
  bot.messenger.arrived
    .filter(({ to, text }) => to === target && text.includes('党性教育专题班'))
    .map(({ at: when }) => dayOf(when));
const grant = (staffNo: string, sessions: number[]) =>
  bot.write((tx) =>
    tx.put(leaves, {
      id: 1001,
      courseId: 1001,
      staffNo,
      sessions,
      halfDays: sessions.length,
      hours: 300,
      reason: '出差',
      state: 'approved',
      approver: 'tutor',
      askedAt: at,
      decidedBy: 'E0003',
      decidedAt: at,
      decision: null,
      ended: null,
      version: 1,
    }),
  );

describe('the working day before a class meets', () => {
  test('everybody in it hears so once, and the group, without a name', async () => {
    await open();
    await bot.until('2026-12-02');
    expect(heard(people.cadre.staffNo)).toEqual(['2026-11-23', '2026-11-27']);
    expect(heard('oc_cadres')).toEqual(['2026-11-23', '2026-11-27']);
    const said = bot.messenger.arrived.find(({ to, text }) => to === 'E0011' && text.includes('党性教育专题班'))?.text;
    expect(said).toContain('培训班 1001《党性教育专题班》11月24日 09:00–11:30、14:00–16:30 上课，报告厅，请按时签到');
    const inGroup = bot.messenger.arrived.find(({ to }) => to === 'oc_cadres')?.text;
    expect(inGroup).toContain('11月24日 周二 09:00–11:30');
    expect(inGroup).not.toMatch(/欧阳明月|王芳/);
    expect(heard(people.newcomer.staffNo)).toEqual([]);
  });

  test('who is on leave from all of the day is not told; who misses half of it is, of the other half', async () => {
    await open();
    await grant('E0011', [1, 2]);
    await bot.until('2026-11-24');
    expect(heard('E0011')).toEqual([]);
    expect(heard('E0010')).toEqual(['2026-11-23']);
  });

  test('nobody is told of what is cancelled, nor who has asked for no such reminders', async () => {
    await open({ state: 'cancelled' });
    await bot.until('2026-11-24');
    expect([...heard('E0010'), ...heard('oc_cadres')]).toEqual([]);
    await open();
    await bot.write((tx) =>
      tx.put(hearings, { staffNo: 'E0011', muted: ['course'], snoozedUntil: null, updatedAt: at }),
    );
    await bot.until('2026-11-28');
    expect(heard('E0010')).toEqual(['2026-11-27']);
    expect(heard('E0011')).toEqual([]);
  });
});
