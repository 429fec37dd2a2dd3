import { describe, expect, it } from 'vitest';
import {
  forecast,
  isPlanBelowShare,
  nearestTo,
  type PlannedTraining,
  plannedShare,
} from '../../src/domain/annual-plan.ts';

const cycle = { from: '2023-01-01', to: '2027-12-31' };
const coming = (hours: number, on: string, title = '班') => ({ title, hours, from: on, on });
const today = '2026-11-20';

describe('where the plan leads somebody', () => {
  it.each([
    ['reached already', 55_000, [], '2026-11-20', 0],
    ['one hundredth short', 54_999, [], null, 1],
    ['reached by the first', 50_000, [coming(5000, '2027-03-31')], '2027-03-31', 0],
    [
      'by the second, whatever their order',
      50_000,
      [coming(2500, '2027-06-30'), coming(2500, '2027-03-31')],
      '2027-06-30',
      0,
    ],
    ['nearly', 50_000, [coming(4999, '2027-03-31')], null, 1],
    ['on the last day of the cycle', 50_000, [coming(5000, '2027-12-31')], '2027-12-31', 0],
    ['a day too late', 50_000, [coming(5000, '2028-01-01')], null, 5000],
    ['what is over does not come again', 50_000, [coming(5000, '2026-11-19')], null, 5000],
  ])('%s', (_, earned, list, reachedOn, missing) =>
    expect(forecast({ earned, quota: 55_000, cycle }, today, list, [])).toMatchObject({ reachedOn, missing }),
  );

  it.each([
    [
      'the smallest that is enough',
      1000,
      [coming(2000, '2027-03-31', '大'), coming(1000, '2027-03-31', '正好'), coming(500, '2027-03-31', '小')],
      ['正好'],
    ],
    [
      'the largest and then what is left',
      2300,
      [coming(2000, '2027-03-31', '大'), coming(1000, '2027-03-31', '中'), coming(400, '2027-03-31', '小')],
      ['大', '小'],
    ],
    [
      'all, where even they are too few',
      9000,
      [coming(2000, '2027-03-31', '大'), coming(500, '2027-03-31', '小')],
      ['大', '小'],
    ],
    ['none that come too late', 1000, [coming(2000, '2028-01-31', '晚')], []],
    ['none where nothing is missing', 0, [coming(2000, '2027-03-31', '大')], []],
  ])('a gap is closed by %s', (_, missing, others, titles) =>
    expect(
      forecast({ earned: 55_000 - missing, quota: 55_000, cycle }, today, [], others).closing.map(({ title }) => title),
    ).toEqual(titles),
  );
});

it.each([
  [69_99, 30_01, 69.9, true],
  [70_00, 30_00, 70, false],
  [70_01, 29_99, 70, false],
  [0, 100, 0, true],
])('%i of theory beside %i is %f percent, below the limit: %s', (theory, other, share, below) => {
  const trainings = [
    { parts: [{ content: 'theory' as const, hours: theory }] },
    { parts: [{ content: 'knowledge' as const, hours: other }] },
  ];
  expect(plannedShare(trainings)).toBe(share);
  expect(isPlanBelowShare(trainings, { theoryShare: 70 })).toBe(below);
});

it('a plan without hours is not below anything', () => {
  expect(plannedShare([])).toBeNull();
  expect(isPlanBelowShare([], { theoryShare: 70 })).toBe(false);
});

it.each([
  ['2027-03-31', '2027-04-02', 'March'],
  ['2027-10-12', '2027-10-14', 'October'],
  ['2027-07-01', '2027-07-01', 'March'],
  ['2027-08-01', '2027-08-01', 'October'],
  ['2027-12-31', '2027-12-31', 'October'],
])('a class from %s to %s belongs to the training of %s', (from, to, title) => {
  const planned = (one: string, start: string, end: string) =>
    ({ title: one, from: start, to: end }) as PlannedTraining;
  const list = [planned('March', '2027-03-01', '2027-03-31'), planned('October', '2027-10-01', '2027-10-31')];
  expect(nearestTo({ from, to }, list)?.title).toBe(title);
});
