import { addDays, type Day, dayOf, type Instant, instantAt, timeOf } from '../../src/domain/day.ts';
import { notices } from '../../src/domain/notice.ts';
import type { PolicyBook } from '../../src/domain/policy.ts';
import { listAll, type Store, type Transaction } from '../../src/store/store.ts';
import type { Random } from './random.ts';
import { ReminderRules } from './reminder-rules.ts';
import type { SimulatedPeople } from './simulated-people.ts';

/** A program whose clock can be moved. */
export interface Stage {
  readonly store: Pick<Store, 'read'>;
  readonly policies: PolicyBook;
  readonly clock: { now(): Instant; set(now: Instant): void };
  write<R>(work: (tx: Transaction) => Promise<R>): Promise<R>;
  /** Runs what is due and sends what is queued. */
  settle(): Promise<void>;
  restart(): Promise<void>;
  /** Whoever got a reminder since this was last asked. */
  newlyReminded(): Promise<string[]>;
}

export interface Simulation {
  readonly stage: Stage;
  readonly people: SimulatedPeople;
  readonly random: Random;
  readonly from: Day;
  readonly to: Day;
  /** When on a day the program looks whether something is due. */
  readonly moments: readonly string[];
  /** How often the process is started again before a look, and after it. */
  readonly restarts: number;
  /** How often a machine is found switched off in the morning; it stays so for up to ten days. */
  readonly outages: number;
  /** Called after every moment at which the program was at work. */
  readonly afterwards?: (before: Instant, now: Instant) => Promise<void>;
}

/**
 * Lives through days with a program, its people and its mishaps, and compares every message of reminders with what the
 * clauses ask for. @returns what differs, and how many people and words agreed, and how many were urged at once
 */
export async function liveThrough(
  simulation: Simulation,
): Promise<{ differences: string[]; reminded: number; words: number; urged: number }> {
  const { stage, people, random } = simulation;
  const rules = new ReminderRules((day) => stage.policies.at(day), stage.policies.calendar);
  const found = { differences: [] as string[], reminded: 0, words: 0, urged: 0 };
  let lastLook = stage.clock.now();

  const compare = async (expected: ReadonlyMap<string, string[]>, now: Instant): Promise<void> => {
    const today = dayOf(now);
    const reminded = await stage.newlyReminded();
    for (const staffNo of new Set([...reminded, ...expected.keys()])) {
      const times = reminded.filter((each) => each === staffNo).length;
      const said = times === 0 ? [] : await wordsTo(stage, staffNo, today);
      const wanted = expected.get(staffNo) ?? [];
      found.words += said.length;
      if (times !== (wanted.length === 0 ? 0 : 1) || said.join() !== wanted.join()) {
        const moment = `${today} ${timeOf(now)} ${staffNo}`;
        found.differences.push(`${moment}: ${times} × [${said.join('; ')}] instead of [${wanted.join('; ')}]`);
      }
    }
    found.reminded += reminded.length;
  };

  const urge = async (now: Instant): Promise<void> => {
    stage.clock.set(now);
    const urging = people.wantsUrging();
    if (urging === null) return;
    const expected = rules.urge(people, urging, dayOf(now), isOpenTime(now, stage.policies));
    await stage.write((tx) => people.urge(tx, urging));
    await stage.settle();
    found.urged += expected.size;
    await compare(expected, now);
  };

  const look = async (now: Instant): Promise<void> => {
    stage.clock.set(now);
    if (random.chance(simulation.restarts)) await stage.restart();
    const before = lastLook;
    lastLook = now;
    const today = dayOf(now);
    const expected = isTimeToRemind(before, now, stage.policies)
      ? rules.hear(people, today)
      : new Map<string, string[]>();
    await stage.settle();
    if (random.chance(simulation.restarts)) await stage.restart();
    if (random.chance(0.1)) await stage.settle();
    await compare(expected, now);
    await simulation.afterwards?.(before, now);
  };

  for (let day = simulation.from; day <= simulation.to && found.differences.length < 10; day = addDays(day, 1)) {
    let isOnSince = '00:00';
    if (random.chance(simulation.outages)) {
      day = addDays(day, random.below(10));
      isOnSince = random.pick(['03:00', '08:00', '08:45', '10:30', '19:00']) ?? '10:30';
      await look(instantAt(day, isOnSince));
    }
    for (const time of simulation.moments.filter((each) => each > isOnSince)) {
      await look(instantAt(day, time));
      if (time < '09:00') await stage.write((tx) => people.earlyMorning(tx));
    }
    if (isOnSince < '14:00') await urge(instantAt(day, '14:00'));
    stage.clock.set(instantAt(day, '19:30'));
    await stage.write((tx) => people.afternoon(tx));
  }
  return found;
}

/** Whether it is a time at which people may be reminded. */
function isOpenTime(now: Instant, policies: PolicyBook): boolean {
  const { from, to } = policies.at(dayOf(now)).chasing;
  return policies.calendar.kindOf(dayOf(now)) === 'workday' && timeOf(now) >= from && timeOf(now) < to;
}

/** Whether the daily message of 09:07 has come due since the last look, and it is a time at which people may be reminded. */
function isTimeToRemind(before: Instant, now: Instant, policies: PolicyBook): boolean {
  const today = dayOf(now);
  const { calendar } = policies;
  if (!isOpenTime(now, policies)) return false;
  for (let day = dayOf(before); day <= today; day = addDays(day, 1)) {
    const due = instantAt(day, '09:07');
    if (calendar.kindOf(day) === 'workday' && due > before && due <= now) return true;
  }
  return false;
}

/** What the notices told a person on a day were about. */
async function wordsTo(stage: Stage, staffNo: string, today: Day): Promise<string[]> {
  const told = await stage.store.read((view) =>
    listAll(view, notices, { index: 'byPerson', equals: [staffNo, 'told'] }),
  );
  return told
    .filter(({ toldOn }) => toldOn === today)
    .map(({ subject, tier, about }) => `${subject} ${tier} ${about}`)
    .sort();
}
