import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Cadre, grades, type Role, roles } from '../../src/domain/cadre.ts';
import { addDays, instantAt } from '../../src/domain/day.ts';
import type { PolicyBook } from '../../src/domain/policy.ts';
import { jobs } from '../../src/jobs/index.ts';
import { loadPolicy } from '../../src/policy/load.ts';
import { makeCadre } from '../support/college.ts';
import { openMemoryStage } from '../support/memory-stage.ts';
import { createRandom } from '../support/random.ts';
import { SimulatedPeople } from '../support/simulated-people.ts';
import { liveThrough } from '../support/simulated-time.ts';

/**
 * Colleges as nobody would draw them up: a single person, no clerk, two heads in one unit, a unit without one, somebody
 * with every role; rules from one end to the other. Every message of every day is compared with the clauses. A failure
 * prints seed and path, with which `fc.assert` runs the same college again.
 */
const written = loadPolicy('data/policy');
const reminding = jobs.filter(({ name }) => name !== 'backup' && !name.includes('bulletin'));

const person = fc.record({
  unit: fc.constantFrom('教务处', '外国语学院', '后勤处'),
  grade: fc.constantFrom(...grades),
  roles: fc.oneof(
    { weight: 5, arbitrary: fc.constant<Role[]>([]) },
    { weight: 3, arbitrary: fc.subarray<Role>([...roles]) },
    { weight: 1, arbitrary: fc.constant<Role[]>([...roles]) },
  ),
  state: fc.constantFrom<Cadre['state'][]>('active', 'active', 'active', 'active', 'retired'),
  appointedOn: fc.constantFrom(null, '2020-03-01', '2025-09-15', '2026-04-01'),
});

const rules = fc.record({
  'chasing.from': fc.constantFrom('00:00', '08:30', '09:00'),
  'chasing.to': fc.constantFrom('09:30', '12:00', '18:00'),
  'chasing.perMonth': fc.integer({ min: 0, max: 8 }),
  'chasing.paceDay': fc.integer({ min: 1, max: 28 }),
  'chasing.paceTolerance': fc.integer({ min: 0, max: 60 }),
  'chasing.professionalFromMonth': fc.integer({ min: 1, max: 12 }),
  'chasing.approvalDays': fc.integer({ min: 1, max: 10 }),
  'chasing.approvalAgainDays': fc.integer({ min: 1, max: 10 }),
  'chasing.returnedDays': fc.integer({ min: 1, max: 10 }),
  'chasing.unitHeadDays': fc.integer({ min: 1, max: 20 }),
  'chasing.departmentDays': fc.integer({ min: 20, max: 40 }),
  'reflection.dueDays': fc.integer({ min: 1, max: 30 }),
  'reflection.graceDays': fc.integer({ min: 0, max: 10 }),
  'reflection.remindDaysBefore': fc.integer({ min: 0, max: 10 }),
  'reflection.since': fc.constant('2018-01-01'),
  professionalPerYear: fc.integer({ min: 0, max: 3 }),
});

/** The written rules with other numbers. */
function withRules(values: Readonly<Record<string, unknown>>): PolicyBook {
  const amendments = Object.entries(values).map(([rule, value]) => ({ rule, value }));
  const result = written.amend(amendments.map((each) => ({ ...each, from: '2018-01-01', note: '', decision: 1 })));
  if (!result.ok) throw new Error(result.faults.join('\n'));
  return result.book;
}

const college = fc.record({
  seed: fc.integer({ min: 0, max: 2 ** 31 }),
  people: fc.array(person, { minLength: 1, maxLength: 25 }),
  rules,
  start: fc.integer({ min: 0, max: 400 }).map((days) => addDays('2026-01-01', days)),
  days: fc.integer({ min: 40, max: 90 }),
  habits: fc.record({
    logs: fc.constantFrom(0, 0.3, 1, 3),
    approves: fc.constantFrom(0, 0.05, 0.3, 1),
    handsIn: fc.constantFrom(0, 0.05, 0.3),
    moves: fc.constantFrom(0, 0.1, 0.5),
    hushes: fc.constantFrom(0, 0.1, 0.5),
    urges: fc.constantFrom(0, 0.5, 1, 1),
  }),
  outages: fc.constantFrom(0, 0.05),
});

test('whatever the college, its rules and its people are like, everybody hears what the clauses say and nothing else', async () => {
  let [words, urged] = [0, 0];
  await fc.assert(
    fc.asyncProperty(college, async ({ seed, people, rules: values, start, days, habits, outages }) => {
      const book = withRules(values);
      const random = createRandom(seed);
      const roster = people.map((each, i) => makeCadre({ ...each, staffNo: `E${1001 + i}`, name: '王芳' }));
      const now = instantAt(addDays(start, -1), '20:00');
      const stage = await openMemoryStage({ now, jobs: reminding, policies: book, people: roster });
      const simulated = new SimulatedPeople(random, book, habits);
      await simulated.learn(stage.store);
      const to = addDays(start, days);
      const moments = ['08:15', '09:07'];
      const found = await liveThrough({
        stage,
        people: simulated,
        random,
        from: start,
        to,
        moments,
        restarts: 0.03,
        outages,
      });
      expect(found.differences).toEqual([]);
      words += found.words;
      urged += found.urged;
    }),
    { numRuns: 120 },
  );
  expect(words).toBeGreaterThan(1000);
  expect(urged).toBeGreaterThan(50);
}, 300_000);
