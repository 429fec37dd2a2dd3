import { afterEach, describe, expect, test } from 'vitest';
import { chats } from '../../src/bot/chats.ts';
import { peopleWith } from '../../src/bot/people.ts';
import { collections } from '../../src/collections.ts';
import { bulletins } from '../../src/domain/bulletin.ts';
import type { Cadre } from '../../src/domain/cadre.ts';
import {
  addDays,
  addMonths,
  type Day,
  dayOf,
  type Instant,
  instantAt,
  lastDayOf,
  monthOf,
  timeOf,
} from '../../src/domain/day.ts';
import type { HourEntry } from '../../src/domain/hours.ts';
import type { Policy, WorkCalendar } from '../../src/domain/policy.ts';
import { outboxCounts } from '../../src/messenger/outbox.ts';
import { loadSampleCollege } from '../../src/sample-college.ts';
import { verifyStore } from '../../src/store/verify.ts';
import { type Clockwork, openClockwork } from '../support/clockwork.ts';
import { percentByHand } from '../support/percent.ts';
import { createRandom } from '../support/random.ts';
import { behindBy } from '../support/reminder-rules.ts';
import { SimulatedPeople } from '../support/simulated-people.ts';
import { liveThrough, type Stage } from '../support/simulated-time.ts';

/**
 * A year of the sample college as imported from its workbooks: people log, decide, write, come back, move and retire; the
 * process is started again at any moment, the machine is off for days. The second year begins where the holiday table
 * ends, so that half of it has doubtful days.
 */
const groups = ['oc_cadres', 'oc_deans'];

let bot: Clockwork;

afterEach(() => bot.remove());

function stageOf(clockwork: Clockwork): Stage {
  let seen = 0;
  return {
    policies: clockwork.policies,
    clock: clockwork.clock,
    write: (work) => clockwork.write(work),
    settle: () => clockwork.settle(),
    restart: () => clockwork.restart(),
    get store() {
      return clockwork.store;
    },
    newlyReminded: async () => {
      const fresh = clockwork.messenger.arrived.slice(seen).filter(({ key }) => key.startsWith('digest:'));
      seen = clockwork.messenger.arrived.length;
      return fresh.map(({ to }) => to);
    },
  };
}

const workdaysOf = (calendar: WorkCalendar, month: string): Day[] =>
  Array.from({ length: 31 }, (_, i) => addDays(`${month}-01`, i)).filter(
    (day) => monthOf(day) === month && calendar.kindOf(day) === 'workday',
  );

/** The first working day; a month of doubtful days begins with the first of them. */
function bulletinDay(calendar: WorkCalendar, month: string): Day {
  const [first] = workdaysOf(calendar, month);
  if (first !== undefined) return first;
  let day = `${month}-01`;
  while (calendar.kindOf(day) === 'off') day = addDays(day, 1);
  return day;
}

/** The figures of a month, counted once more from what everybody did. */
function recount({ people, entries, reflections }: SimulatedPeople, month: string, asOf: Day, policy: Policy) {
  const asked = [...people.values()].filter(({ state, grade }) => state === 'active' && grade !== 'other');
  const counted = new Set(asked.map((each) => each.staffNo));
  const approved = [...entries.values()].filter(({ state, staffNo }) => state === 'approved' && counted.has(staffNo));
  const ofMonth = approved.filter(({ to }) => monthOf(to) === month);
  const ofYear = approved.filter(({ to }) => to.slice(0, 4) === month.slice(0, 4) && monthOf(to) <= month);
  const due = [...reflections.values()].filter(
    ({ dueOn, staffNo, state }) =>
      monthOf(dueOn) === month && dueOn < asOf && counted.has(staffNo) && state !== 'waived',
  );
  const sum = (list: typeof approved): number => list.reduce((hours, entry) => hours + entry.hours, 0);
  const untilThen = new Map(asked.map(({ staffNo }) => [staffNo, [] as HourEntry[]]));
  for (const entry of approved) if (monthOf(entry.to) <= month) untilThen.get(entry.staffNo)?.push(entry);
  const onPace = asked.filter(
    (each) => behindBy(each, untilThen.get(each.staffNo) ?? [], policy, lastDayOf(month)) <= 0,
  ).length;
  return {
    people: counted.size,
    participants: new Set(ofMonth.map(({ staffNo }) => staffNo)).size,
    attendances: ofMonth.length,
    hours: sum(ofMonth),
    lastMonth: sum(approved.filter(({ to }) => monthOf(to) === addMonths(month, -1))),
    year: sum(ofYear),
    theory: sum(ofYear.filter(({ content }) => content === 'theory')),
    owed: due.length,
    handedIn: due.filter(({ state }) => state === 'handed-in' || state === 'accepted').length,
    onPace,
    onPaceRate: percentByHand(onPace, asked.length),
    units: unitsOf(asked, ofMonth, ofYear, policy.smallestUnitShown),
  };
}

interface UnitRow {
  readonly people: number;
  readonly hours: number;
  readonly year: number;
}

/**
 * The table of units by the clause: whoever is too few stands under 其他单位, and where that is too few still, the next
 * smallest with them, until nobody can be told apart. Of units of one size it is the first of the roster.
 */
function unitsOf(
  asked: readonly Cadre[],
  ofMonth: readonly HourEntry[],
  ofYear: readonly HourEntry[],
  smallest: number,
): Record<string, UnitRow> {
  const rowOf = (names: readonly string[]): UnitRow => {
    const members = new Set(asked.filter(({ unit }) => names.includes(unit)).map(({ staffNo }) => staffNo));
    const hoursIn = (list: readonly HourEntry[]): number =>
      list.reduce((hours, entry) => hours + (members.has(entry.staffNo) ? entry.hours : 0), 0);
    return { people: members.size, hours: hoursIn(ofMonth), year: hoursIn(ofYear) };
  };
  const names = [...new Set(asked.map(({ unit }) => unit))];
  const shown = new Map(names.map((name) => [name, rowOf([name])]));
  const hidden = names.filter((name) => (shown.get(name)?.people ?? 0) < smallest);
  for (const name of hidden) shown.delete(name);
  while (hidden.length > 0 && rowOf(hidden).people < smallest && shown.size > 0) {
    const fewest = Math.min(...[...shown.values()].map(({ people }) => people));
    const [next = ''] = [...shown].find(([, { people }]) => people === fewest) ?? [];
    shown.delete(next);
    hidden.push(next);
  }
  return { ...Object.fromEntries(shown), ...(hidden.length === 0 ? {} : { 其他单位: rowOf(hidden) }) };
}

async function issued(month: string) {
  const bulletin = await bot.store.read((view) => view.get(bulletins, month));
  if (bulletin === undefined) throw new Error(`no bulletin of ${month}`);
  const { people, participants, attendances, hours, byContent, reflections, onPace, units } = bulletin.figures;
  return {
    people: people.value,
    participants: participants.value,
    attendances: attendances.value,
    hours: hours.month.value,
    lastMonth: hours.lastMonth.value,
    year: hours.year.value,
    theory: byContent.theory.value,
    owed: reflections.owed.value,
    handedIn: reflections.handedIn.value,
    onPace: onPace.value,
    onPaceRate: onPace.rate,
    units: Object.fromEntries(
      units.map((one) => [one.unit, { people: one.people, hours: one.hours, year: one.yearHours }]),
    ),
  };
}

describe.each([
  { from: '2026-01-01', to: '2026-12-31', seed: 2026 },
  { from: '2026-07-01', to: '2027-06-30', seed: 2027 },
])('the year from $from to $to', ({ from, to, seed }) => {
  test('everybody hears what the clauses say and nothing else, and every month is reported once', async () => {
    const now = instantAt(addDays(from, -1), '20:00');
    bot = await openClockwork({ now });
    const [first = '', second = ''] = groups;
    const group = { id: first, name: '中层干部群' };
    await loadSampleCollege(bot.store, bot.policies, { folder: 'data/samples', messenger: 'simulator', group, now });
    await bot.write((tx) => tx.put(chats, { messenger: 'simulator', id: second, name: '院长群', bulletin: true }));
    bot.messenger.behave = (key, attempt) => (attempt === 1 && key.length % 7 === 0 ? 'lost' : 'deliver');
    const { calendar } = bot.policies;
    const random = createRandom(seed);
    const habits = { logs: 3, approves: 0.25, handsIn: 0.08, moves: 0.3, hushes: 0.4, urges: 0.05 };
    const people = new SimulatedPeople(random, bot.policies, habits);
    await people.learn(bot.store);
    /** The deciding people on the eves, and the months that were reported. */
    const eves = new Map<Day, string[]>();
    const reported: string[] = [];
    const isDue = (before: Instant, at: Instant, slot: Instant): boolean => before < slot && slot <= at;

    const found = await liveThrough({
      stage: stageOf(bot),
      people,
      random,
      from,
      to,
      moments: ['08:15', '09:45'],
      restarts: 0.006,
      outages: 0.01,
      afterwards: async (before, at) => {
        const today = dayOf(at);
        for (let month = monthOf(dayOf(before)); month <= monthOf(today); month = addMonths(month, 1)) {
          const day = bulletinDay(calendar, month);
          if (!isDue(before, at, instantAt(day, '09:41'))) continue;
          const about = addMonths(month, -1);
          reported.push(about);
          expect(await issued(about)).toEqual(recount(people, about, day, bot.policies.at(lastDayOf(about))));
        }
        const eve = workdaysOf(calendar, monthOf(today)).at(-1);
        if (
          eve === today &&
          isDue(before, at, instantAt(today, '08:47')) &&
          timeOf(at) >= '08:30' &&
          timeOf(at) < '18:00'
        ) {
          const desk = await bot.store.read((view) => peopleWith(view, 'clerk', 'department-head'));
          eves.set(today, desk.map(({ staffNo }) => staffNo).sort());
        }
      },
    });

    expect(found.differences).toEqual([]);
    expect(found.reminded).toBeGreaterThan(500);
    expect(found.urged).toBeGreaterThan(20);

    const { arrived } = bot.messenger;
    expect(new Set(arrived.map(({ key }) => key)).size).toBe(arrived.length);
    const perMonth = new Map<string, number>();
    for (const { to: hearer, key, at } of arrived) {
      if (!key.startsWith('digest:')) continue;
      expect(calendar.kindOf(dayOf(at))).toBe('workday');
      expect(timeOf(at) >= '08:30' && timeOf(at) < '18:00').toBe(true);
      const month = `${hearer} ${monthOf(dayOf(at))}`;
      perMonth.set(month, (perMonth.get(month) ?? 0) + 1);
    }
    expect(Math.max(...perMonth.values())).toBe(8);

    const months = Array.from({ length: 12 }, (_, i) => addMonths(monthOf(from), i - 1));
    expect(reported).toEqual(months);
    const posted = arrived.filter(({ to: target }) => groups.includes(target)).map(({ key }) => key);
    expect(posted.sort()).toEqual(months.flatMap((month) => groups.map((id) => `bulletin:${month}:${id}`)).sort());
    const told = arrived
      .filter(({ key }) => key.includes(':eve:'))
      .map(({ to: hearer, at }) => `${dayOf(at)} ${hearer}`);
    expect(told.sort()).toEqual([...eves].flatMap(([day, desk]) => desk.map((hearer) => `${day} ${hearer}`)).sort());
    expect(told.length).toBeGreaterThan(20);

    expect(await bot.store.read(outboxCounts)).toMatchObject({ queued: 0, leased: 0, unknown: 0, failed: 0 });
    expect((await verifyStore(bot.store, collections)).problems).toEqual([]);
  }, 120_000);
});
