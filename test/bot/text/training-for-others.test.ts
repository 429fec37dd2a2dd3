import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTrainingForOthers } from '../../../src/bot/text/training-for-others.ts';

const read = (text: string) => readTrainingForOthers(text, '2026-11-20', { halfDayHours: 400, dayHours: 800 });

describe('a training and who took part', () => {
  it.each([
    ['3学时 党性教育 2026-11-18 《专题党课》 教务处全体', '教务处全体'],
    ['教务处全体 3学时 党性教育 2026-11-18 《专题党课》', '教务处全体'],
    ['党性教育 《专题党课》 3学时 2026-11-18 教务处全体 确认', '教务处全体'],
    ['3学时 党性教育 2026-11-18 《专题党课》\nE0011 王芳\nE0012 王芳', 'E0011 王芳\nE0012 王芳'],
    ['3学时 党性教育 2026-11-18 《专题党课》 人员：王芳、李明', '王芳、李明'],
    ['3学时 党性教育 2026-11-18 《专题党课》', ''],
  ])('%j', (text, people) => {
    const reading = read(text);
    expect(reading.people).toBe(people);
    expect(reading.training.slots).toMatchObject({
      hours: 300,
      content: 'party-spirit',
      from: '2026-11-18',
      title: '专题党课',
    });
  });

  it('reads any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => void read(text)));
  });
});
