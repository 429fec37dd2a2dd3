import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, daysBetween, daysFrom } from '../../src/domain/day.ts';
import { findConflicts, similarTitles } from '../../src/domain/overlap.ts';
import { approved, arbitraryEntry, arbitraryFacts, makeFacts, policy, submit } from './build.ts';

describe('similar titles', () => {
  it.each([
    ['《专题党课》', ' 专题 党课。'],
    ['学习贯彻党的二十届四中全会精神专题培训班', '学习贯彻党的二十届四中全会精神培训班'],
    ['ＡＩ赋能教学 2026', 'AI赋能教学２０２６'],
    ['?', '?'],
  ])('%s and %s are the same training', (a, b) => expect(similarTitles(a, b)).toBe(true));

  it.each([
    ['专题党课', '专题报告'],
    ['教育家精神大讲堂系列讲座第一讲', '教育家精神大讲堂系列讲座第二讲'],
    ['党', '课'],
    ['?', '!'],
    ['', '专题党课'],
  ])('%s and %s are not', (a, b) => expect(similarTitles(a, b)).toBe(false));
});

describe('conflicts', () => {
  it.each([
    ['the same day', '2026-11-20', '2026-11-20', true],
    ['the day before', '2026-11-19', '2026-11-19', true],
    ['the day after', '2026-11-21', '2026-11-21', true],
    ['two days before', '2026-11-18', '2026-11-18', false],
    ['two days after', '2026-11-22', '2026-11-22', false],
    ['a span that ends the day before', '2026-11-10', '2026-11-19', true],
  ])('a similar title on %s', (_, from, to, found) => {
    const other = approved({ from, to, hours: 100, title: '《专题党课》' });
    const conflicts = findConflicts(makeFacts({ hours: 100, title: '专题党课' }), [other], policy);
    expect(conflicts).toEqual(found ? [{ type: 'duplicate', entry: other }] : []);
  });

  it('entries that are dead, and the entry itself, do not conflict', () => {
    const own = submit();
    const dead = (['rejected', 'withdrawn', 'voided'] as const).map((state) => ({ ...submit(), state }));
    expect(findConflicts(own, [own, ...dead], policy)).toEqual([]);
    expect(findConflicts(own, [{ ...submit(), state: 'returned' }], policy)).toMatchObject([{ type: 'duplicate' }]);
  });

  it.each([
    [1000, []],
    [1001, [{ type: 'span-too-short', hours: 1001, cap: 1000 }]],
  ])('%i hundredths in one day', (hours, conflicts) =>
    expect(findConflicts(makeFacts({ hours }), [], policy)).toEqual(conflicts),
  );

  it('three days hold thirty hours and no more', () => {
    const span = { from: '2026-03-05', to: '2026-03-07' };
    expect(findConflicts(makeFacts({ ...span, hours: 3000 }), [], policy)).toEqual([]);
    expect(findConflicts(makeFacts({ ...span, hours: 3001 }), [], policy)).toMatchObject([{ cap: 3000 }]);
  });

  it('the hours of one day add up over trainings of one and of several days', () => {
    const course = approved({ from: '2026-11-19', to: '2026-11-20', hours: 1600, title: '集中轮训' });
    expect(findConflicts(makeFacts({ hours: 200 }), [course], policy)).toEqual([]);
    expect(findConflicts(makeFacts({ hours: 201 }), [course], policy)).toEqual([
      { type: 'too-many-hours', day: '2026-11-20', hours: 1001, cap: 1000, entries: [course] },
    ]);
  });

  it('thirds of an hour that fill a day exactly are not too many', () => {
    const span = { from: '2026-11-18', to: '2026-11-20', hours: 1000 };
    const others = [approved({ ...span, title: '甲' }), approved({ ...span, title: '乙' })];
    expect(findConflicts(makeFacts({ ...span, title: '丙' }), others, policy)).toEqual([]);
  });

  it('a secondment is spread over its months', () => {
    const secondment = approved({
      from: '2026-09-01',
      to: '2026-11-30',
      hours: 9100,
      form: 'secondment',
      title: '挂职',
    });
    expect(findConflicts(makeFacts({ hours: 900 }), [secondment], policy)).toEqual([]);
    expect(findConflicts(makeFacts({ hours: 901 }), [secondment], policy)).toMatchObject([{ type: 'too-many-hours' }]);
  });

  it('names the fullest day', () => {
    const others = [
      approved({ from: '2026-11-18', to: '2026-11-18', hours: 600, title: '甲' }),
      approved({ from: '2026-11-19', to: '2026-11-19', hours: 700, title: '乙' }),
    ];
    const candidate = makeFacts({ from: '2026-11-18', to: '2026-11-20', hours: 1500, title: '丙' });
    expect(findConflicts(candidate, others, policy)).toMatchObject([
      { type: 'too-many-hours', day: '2026-11-19', hours: 1200, entries: [others[1]] },
    ]);
  });

  it('never finds the candidate itself, nor a day that it does not touch', () => {
    fc.assert(
      fc.property(arbitraryFacts, fc.array(arbitraryEntry, { maxLength: 8 }), (facts, others) => {
        const own = { ...facts, id: 42 };
        for (const conflict of findConflicts(own, [submit(facts, { id: 42 }), ...others], policy)) {
          if (conflict.type === 'duplicate') expect(conflict.entry.id).not.toBe(42);
          if (conflict.type !== 'too-many-hours') continue;
          expect(conflict.day >= facts.from && conflict.day <= facts.to).toBe(true);
          expect(conflict.entries.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('names the day that a walk over every day would name', () => {
    const nearby = fc.tuple(arbitraryEntry, fc.nat({ max: 20 }), fc.nat({ max: 12 })).map(([entry, start, days]) => {
      const from = addDays('2026-11-01', start);
      return { ...entry, state: 'approved' as const, from, to: addDays(from, days), hours: entry.hours % 3000 };
    });
    fc.assert(
      fc.property(nearby, fc.array(nearby, { maxLength: 6 }), (own, others) => {
        const found = findConflicts({ ...own, id: 0 }, others, policy).find(({ type }) => type === 'too-many-hours');
        const sums = daysFrom(own.from, own.to).map((day) =>
          [own, ...others]
            .filter(({ from, to }) => from <= day && day <= to)
            .reduce((sum, { from, to, hours }) => sum + hours / (daysBetween(from, to) + 1), 0),
        );
        const most = Math.round(Math.max(...sums) * 1000) / 1000;
        if (sums.length * policy.dailyCapEvening < own.hours) return;
        expect(found !== undefined).toBe(most > policy.dailyCapEvening);
        if (found?.type === 'too-many-hours') expect(found.hours).toBe(Math.ceil(most));
      }),
      { numRuns: 300 },
    );
  });

  it('does not walk over a thousand years', () => {
    const ages = makeFacts({ from: '0001-01-01', to: '9999-12-31', hours: 300 });
    expect(findConflicts(ages, [submit()], policy)).toEqual([]);
  });
});
