import { describe, expect, it } from 'vitest';
import { readClockSpan } from '../../../src/bot/text/clock-times.ts';
import { readSessionLine, readTimetable, writeTimetable } from '../../../src/bot/text/course.ts';

const policy = { halfDayHours: 400, dayHours: 800 };
const today = '2026-11-20';
const read = (text: string) => readTimetable(text, today, policy, '党性教育专题班');

describe('the hours of a sitting', () => {
  it.each([
    ['9:00-11:30', '09:00', '11:30'],
    ['09:00—11:30', '09:00', '11:30'],
    ['上午9点到11点半', '09:00', '11:30'],
    ['9-11点', '09:00', '11:00'],
    ['下午2:30至5:00', '14:30', '17:00'],
    ['2:00-4:30', '14:00', '16:30'],
    ['晚上7点-9点', '19:00', '21:00'],
    ['下午', '14:00', '16:30'],
  ])('%s', (said, start, end) => expect(readClockSpan(said).span).toEqual({ start, end }));

  it.each(['11-24', '2026-11-24', '3学时', '301会议室'])('%s names none', (said) =>
    expect(readClockSpan(said).span).toBeNull(),
  );
});

describe('a line of a timetable', () => {
  it.each([
    [
      '11-24 09:00-11:30 党性教育 3学时 党性修养专题 张教授 报告厅',
      '2026-11-24',
      'party-spirit',
      300,
      '党性修养专题',
      '张教授',
      '报告厅',
    ],
    ['第1课次 2026年11月24日 上午 半天 理论教育', '2026-11-24', 'theory', 400, '党性教育专题班', null, null],
    [
      '1、11月24日（周二）9:00-11:30 理论 2.5学时 《新时代 新思想》 地点：教学楼 301',
      '2026-11-24',
      'theory',
      250,
      '新时代 新思想',
      null,
      '教学楼 301',
    ],
    [
      '1 11/24 9点-11点半 知识培训 3课时 主讲：John Smith',
      '2026-11-24',
      'knowledge',
      300,
      '党性教育专题班',
      'John Smith',
      null,
    ],
    [
      '下周三 14:00-16:30 专业化能力 3学时 公文写作 报告厅',
      '2026-11-25',
      'professional',
      300,
      '公文写作',
      null,
      '报告厅',
    ],
    ['1-5 9:00-11:30 党性教育3学时 警示教育', '2027-01-05', 'party-spirit', 300, '警示教育', null, null],
    ['9月10日 9:00-11:30 党性教育3学时', '2026-09-10', 'party-spirit', 300, '党性教育专题班', null, null],
  ])('%s', (line, day, content, hours, topic, speaker, place) => {
    const { sessions, faults } = read(line);
    expect(faults).toEqual([]);
    expect(sessions).toMatchObject([{ day, content, hours, topic, speaker, place }]);
  });

  it.each([
    ['9:00-11:30 党性教育 3学时', ['day']],
    ['11-24 党性教育 3学时', ['time']],
    ['11-24 9:00-11:30', ['content', 'hours']],
    ['11-24、11-25 9:00-11:30 党性教育 3学时', ['day']],
    ['2-30 9:00-11:30 党性教育 3学时', ['day']],
    ['11-24 9:00-11:30 党性教育 3学时，4学时', ['hours']],
  ])('%s lacks something', (line, missing) => expect(read(line).faults).toMatchObject([{ line: 1, missing }]));

  it('with a word too many is not taken', () =>
    expect(read('11-24 9:00-11:30 党性教育 3学时 专题 张教授 报告厅 水').faults).toMatchObject([{ unread: '水' }]));

  it('goes on with the day above it, across a year’s end', () =>
    expect(
      read('12-31 9:00-11:30 党性教育 3学时 甲\n14:00-16:30 理论教育 3学时 乙\n1-2 上午 理论教育 3学时').sessions.map(
        ({ day }) => day,
      ),
    ).toEqual(['2026-12-31', '2026-12-31', '2027-01-02']));
});

it('is read back as it is written', () => {
  const { sessions } = read(
    '11-24 09:00-11:30 党性教育 3学时 《党性 修养》 主讲：张教授 地点：教学楼 301\n11-25 14:00-17:00 理论教育 2.5学时 《学习“两山”理论》',
  );
  expect(sessions).toHaveLength(2);
  expect(read(writeTimetable(sessions)).sessions).toEqual(sessions);
});

it('says what stands in a line without people’s words being lost', () =>
  expect(readSessionLine('11月24日 9:00-11:30 党性教育 3学时 全体正职', today, policy).rest).toEqual(['全体正职']));
