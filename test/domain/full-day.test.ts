import { expect, it } from 'vitest';
import { fullDays } from '../../src/domain/full-day.ts';
import { makeSession } from '../support/course.ts';
import { approved, policy } from './build.ts';

const day = '2026-11-20';
const gives = (courseId: number, hours: number, end = '17:00', on = day) => ({
  courseId,
  credits: [{ session: makeSession({ day: on, end }), hours, missing: 0, cause: null }],
});
const logged = (hours: number, more = {}) => ({ ...approved({ from: day, to: day, hours }), ...more });

it.each([
  ['two classes in the cap', [gives(1, 400), gives(2, 400)], [], null],
  ['two classes above it', [gives(1, 400), gives(2, 401)], [], [801, 800]],
  ['one of them in the evening', [gives(1, 800), gives(2, 200, '20:30')], [], null],
  ['too much for an evening, too', [gives(1, 800), gives(2, 201, '20:30')], [], [1001, 1000]],
  ['the same classes on two days', [gives(1, 800), gives(2, 800, '17:00', '2026-11-21')], [], null],
  ['a class that gives nothing', [gives(1, 800), gives(2, 0)], [], null],
  ['what was logged besides, as 登记 looks at it', [gives(1, 800)], [logged(200)], null],
  ['and above it', [gives(1, 800)], [logged(201)], [1001, 1000]],
  ['spread evenly over its days', [gives(1, 800)], [logged(400, { to: '2026-11-21' })], null],
  ['what was taken back counts nothing', [gives(1, 800)], [logged(800, { state: 'withdrawn' })], null],
  ['what is of a class already counts once', [gives(1, 800)], [logged(800, { source: 'attendance' })], null],
  ['no class at all is the business of 登记', [], [logged(1600)], null],
] as const)('%s', (_, classes, entries, expected) => {
  const found = fullDays(classes, entries, [day, day], () => policy);
  expect(found.map(({ hours, cap }) => [hours, cap])).toEqual(expected === null ? [] : [expected]);
});
