import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { appendHourEvent } from '../../src/bot/ledger.ts';
import { peopleWith } from '../../src/bot/people.ts';
import { cadres } from '../../src/domain/cadre.ts';
import { dayOf, type Instant, instantAt, timeOf } from '../../src/domain/day.ts';
import { resubmitEvent } from '../../src/domain/entry-life.ts';
import { hourEntries } from '../../src/domain/hours.ts';
import { notices } from '../../src/domain/notice.ts';
import { type Reflection, reflections } from '../../src/domain/reflection.ts';
import { jobs } from '../../src/jobs/index.ts';
import { dueSlots } from '../../src/jobs/schedule.ts';
import { jobSlots } from '../../src/jobs/slots.ts';
import { outboxCounts } from '../../src/messenger/outbox.ts';
import { loadSampleCollege } from '../../src/sample-college.ts';
import { listAll } from '../../src/store/store.ts';
import { type Clockwork, openClockwork } from '../support/clockwork.ts';
import type { Arrived } from '../support/recording-messenger.ts';

/**
 * Six weeks of the sample college, as imported from its workbooks, with every job but the nightly backup. On the way some
 * people hand in what they owe, the platform is busy, loses answers, and the process is started again in the middle of
 * jobs: between planning and telling, and between telling and sending.
 */
const start = instantAt('2026-11-20', '09:00');
const end = instantAt('2026-12-31', '23:59');

let bot: Clockwork;
/** People without a role, and the entries that are given back to them. */
const loggers = ['E0101', 'E0102', 'E0103'];
const sentBack = new Map<number, string>();
const handedIn = new Map<number, { reflection: Reflection; at: Instant }>();

beforeAll(async () => {
  bot = await openClockwork({ now: start });
  const group = { id: 'oc_cadres', name: '中层干部群' };
  const options = { folder: 'data/samples', messenger: bot.messenger.name, group, now: start };
  await loadSampleCollege(bot.store, bot.policies, options);
  bot.messenger.behave = (key, attempt) => {
    const trouble = key.length % 5;
    if (attempt > 1 || trouble > 2) return 'deliver';
    return trouble === 0 ? 'lost' : trouble === 1 ? { retryMs: 30_000 } : 'deliver';
  };
  await liveThrough();
}, 120_000);

afterAll(() => bot.remove());

async function liveThrough(): Promise<void> {
  for (let due = bot.runner.nextDue(start), step = 0; due !== null && due <= end; step++) {
    bot.clock.set(due);
    if (step % 29 === 4) await bot.restart();
    await bot.runner.tick();
    if (step % 29 === 17) await bot.restart();
    await bot.settle();
    bot.clock.pass(60_000);
    await bot.settle();
    if (timeOf(due) === '09:07') {
      await handInSome();
      await giveBackSome(dayOf(due));
    }
    due = bot.runner.nextDue(bot.clock.now());
  }
  bot.clock.set(end);
  await bot.settle();
}

/** Every second person who has been told hands in at noon. */
async function handInSome(): Promise<void> {
  await bot.write(async (tx) => {
    for (const notice of await listAll(tx, notices, { index: 'byState', equals: ['told'] })) {
      const reflection = await tx.get(reflections, Number(notice.about));
      const isTheirs = notice.subject === 'reflection' && reflection?.staffNo === notice.staffNo;
      if (!isTheirs || reflection.state !== 'owed' || reflection.entryId % 2 === 0) continue;
      const at = bot.clock.now();
      await tx.put(reflections, { ...reflection, state: 'handed-in', handedInAt: at });
      handedIn.set(reflection.entryId, { reflection, at });
    }
  });
}

/** On the first morning three people log a training; the next day the desk gives them back, and one submits it again. */
async function giveBackSome(day: string): Promise<void> {
  if (day === '2026-11-23') {
    for (const staffNo of loggers) sentBack.set(await bot.submits(staffNo, { title: '随堂听课' }), staffNo);
    for (const id of sentBack.keys()) await bot.returns(id);
  }
  if (day !== '2026-11-24') return;
  const [first = 0] = sentBack.keys();
  await bot.write(async (tx) => {
    const entry = await tx.get(hourEntries, first);
    const change = entry && resubmitEvent(entry, { ...entry, place: '教学楼' }, entry.staffNo, bot.clock.now());
    if (!change?.ok) throw new Error(`not submitted again: ${change?.reason}`);
    await appendHourEvent(tx, change.event, bot.policies.at(day));
  });
}

const chases = (): Arrived[] => bot.messenger.arrived.filter(({ key }) => key.startsWith('digest:'));

describe('six weeks of the sample college', () => {
  test('a returned entry was mentioned once to its owner, and never after it was submitted again', async () => {
    expect(sentBack.size).toBe(3);
    for (const [i, [id, staffNo]] of [...sentBack].entries()) {
      const heard = chases().filter(({ text }) => text.includes(`登记号 ${id}《`) && text.includes('被退回后'));
      expect(heard.map(({ to }) => to)).toEqual(i === 0 ? [] : [staffNo]);
    }
  });

  test('the department heard of the bulletin once before it and once after it, each in the hours', async () => {
    const people = await bot.store.read((view) => peopleWith(view, 'clerk', 'department-head'));
    const desk = people.map(({ staffNo }) => staffNo).sort();
    const heard = (day: string) =>
      bot.messenger.arrived.filter(
        ({ key, to, at }) => key.startsWith('bulletin:') && to !== 'oc_cadres' && dayOf(at) === day,
      );
    for (const day of ['2026-11-30', '2026-12-01', '2026-12-31']) {
      expect(
        heard(day)
          .map(({ to }) => to)
          .sort(),
      ).toEqual(desk);
      for (const { at } of heard(day)) expect(timeOf(at) >= '08:30' && timeOf(at) < '18:00').toBe(true);
    }
  });

  test('there was something to say', () => {
    expect(chases().length).toBeGreaterThan(100);
    expect(handedIn.size).toBeGreaterThan(0);
  });

  test('nobody was chased on a day off or outside the hours', () => {
    for (const { at } of chases()) {
      expect(bot.policies.calendar.kindOf(dayOf(at))).toBe('workday');
      const { from, to } = bot.policies.at(dayOf(at)).chasing;
      expect(timeOf(at) >= from && timeOf(at) < to).toBe(true);
    }
  });

  test('nobody got more than one digest a day and eight a month, and nothing twice', () => {
    const perDay = new Set(chases().map(({ to, at }) => `${to} ${dayOf(at)}`));
    expect(perDay.size).toBe(chases().length);
    const perMonth = new Map<string, number>();
    for (const { to, at } of chases()) {
      const month = `${to} ${dayOf(at).slice(0, 7)}`;
      perMonth.set(month, (perMonth.get(month) ?? 0) + 1);
    }
    expect(Math.max(...perMonth.values())).toBeLessThanOrEqual(8);
    expect(new Set(bot.messenger.arrived.map(({ key }) => key)).size).toBe(bot.messenger.arrived.length);
  });

  test('nobody was reminded of what was handed in', () => {
    for (const { reflection, at } of handedIn.values()) {
      const later = chases().filter(
        (each) =>
          each.to === reflection.staffNo && each.at > at && each.text.includes(`登记号 ${reflection.entryId}《`),
      );
      expect(later).toEqual([]);
    }
  });

  test('only active people were told, each step of a chase once', async () => {
    const [people, kept] = await bot.store.read(
      async (view) => [await listAll(view, cadres), await listAll(view, notices)] as const,
    );
    const active = new Set(people.filter(({ state }) => state === 'active').map(({ staffNo }) => staffNo));
    expect(chases().every(({ to }) => active.has(to))).toBe(true);
    const told = kept.filter(({ state }) => state === 'told');
    const digests = new Set(chases().map(({ to, at }) => `${to} ${dayOf(at)}`));
    for (const { staffNo, toldOn } of told) expect(digests).toContain(`${staffNo} ${toldOn}`);
  });

  test('the bulletin came once, on the first working day, and told on nobody', async () => {
    const posted = bot.messenger.arrived.filter(({ to }) => to === 'oc_cadres');
    expect(posted.map(({ key, at }) => [key, dayOf(at)])).toEqual([['bulletin:2026-11:oc_cadres', '2026-12-01']]);
    const people = await bot.store.read((view) => listAll(view, cadres));
    for (const { name, staffNo } of people) {
      expect(posted[0]?.text).not.toContain(staffNo);
      if (name.length > 2) expect(posted[0]?.text).not.toContain(name);
    }
  });

  test('every slot ran exactly once', async () => {
    const expected = jobs.flatMap(({ name, schedule }) =>
      name === 'backup'
        ? []
        : dueSlots({ ...schedule, catchUp: 999 }, start, end, bot.policies.calendar).map((slot) => `${name} ${slot}`),
    );
    expect(bot.ran.map(({ job, slot }) => `${job} ${slot}`).sort()).toEqual(expected.sort());
    const rows = await bot.store.read((view) => listAll(view, jobSlots));
    expect(rows.every(({ state }) => state === 'done' || state === 'since')).toBe(true);
  });

  test('nothing is left on its way', async () => {
    expect(await bot.store.read(outboxCounts)).toMatchObject({
      queued: 0,
      leased: 0,
      unknown: 0,
      expired: 0,
      failed: 0,
    });
  });
});
