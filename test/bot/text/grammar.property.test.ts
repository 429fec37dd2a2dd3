import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readTraining, type TrainingSlots } from '../../../src/bot/text/training.ts';
import { addDays, type Day, daysBetween } from '../../../src/domain/day.ts';
import { contents, forms, kinds } from '../../../src/domain/hours.ts';
import { contentNames, formNames, kindNames, showDay, showHours, showSpan } from '../../../src/texts/glossary.ts';

const worth = { halfDayHours: 400, dayHours: 800 };
const day = (from: Day, to: Day) => fc.integer({ min: 0, max: daysBetween(from, to) }).map((n) => addDays(from, n));
const todays = fc.oneof(day('2023-01-01', '2030-12-31'), fc.constantFrom('2026-01-02', '2028-02-29', '2026-11-22'));

/** A training in the year before `today`, as a person knows it. */
const trainings = (today: Day) =>
  fc.record({
    hours: fc.integer({ min: 1, max: 4000 }).map((n) => n * 25),
    from: day(addDays(today, -360), today),
    length: fc.constantFrom(0, 0, 0, 1, 2, 4, 40),
    content: fc.constantFrom(...contents),
    kind: fc.constantFrom(...kinds),
    form: fc.constantFrom(...forms),
    title: fc.constantFrom('专题党课', '党性教育专题两天半', '没有参加的人', '明天会更好吗', 'AI 赋能教学（第一期）'),
    brackets: fc.constantFrom(['《', '》'], ['“', '”'], ['"', '"'], ['「', '」']),
    iso: fc.boolean(),
    seed: fc.array(fc.nat(), { minLength: 6, maxLength: 6 }),
    gap: fc.constantFrom(' ', '  ', '，', '\n', ', '),
    wide: fc.boolean(),
  });

const widen = (text: string): string =>
  text.replace(/[0-9.-]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0));

const cases = todays.chain((today) =>
  trainings(today).map((one) => {
    const to = [addDays(one.from, one.length), today].sort()[0] ?? today;
    const days = one.iso ? `${one.from}至${to}` : showSpan(one.from, to, today);
    const words = [
      `${showHours(one.hours)}学时`,
      one.iso && one.from === to ? one.from : days,
      contentNames[one.content],
      `${one.brackets[0]}${one.title}${one.brackets[1]}`,
      ...(one.kind === 'unspecified' ? [] : [kindNames[one.kind]]),
      ...(one.form === 'unspecified' ? [] : [formNames[one.form]]),
    ];
    const mixed = words.map((word, i) => [one.seed[i] ?? 0, word] as const).sort((a, b) => a[0] - b[0]);
    const line = mixed.map(([, word]) => (one.wide && !word.includes(one.title) ? widen(word) : word)).join(one.gap);
    const slots: TrainingSlots = {
      hours: one.hours,
      from: one.from,
      to,
      content: one.content,
      title: one.title,
      ...(one.kind === 'unspecified' ? {} : { kind: one.kind }),
      ...(one.form === 'unspecified' ? {} : { form: one.form }),
    };
    return { today, line, slots };
  }),
);

test('a line reads back as what it was made of, whatever the order and the width of its slots', () => {
  fc.assert(
    fc.property(cases, ({ today, line, slots }) => {
      expect(readTraining(`登记 ${line} 确认`, today, worth)).toMatchObject({
        slots,
        confirmed: true,
        refused: null,
        problems: [],
        leftover: '',
      });
    }),
    { numRuns: 2000 },
  );
});

describe('a sentence that negates, asks or plans is always refused', () => {
  const wrap = (line: string, before: string, after: string) => `登记 ${before}${line}${after}`;
  const negations = [
    '我没有参加',
    '没参加',
    '未参加',
    '没去',
    '不想登记',
    '别登记',
    '不要登记 ',
    '不是',
    '我缺席了',
    '请假没听 ',
  ];
  const questions = ['能不能登记', '是否算', '请问', '怎么登记', '为什么没有'];
  const plans = ['我打算参加', '准备参加', '计划参加', '将要参加', '明天'];
  const endings = ['的培训吗', '？', '?', ' 呢', ' 没去', ' 未参加', ' 缺席', ' 没有参加 确认', ' 是多少'];
  const spoiled = fc.oneof(
    fc.tuple(fc.constantFrom(...negations, ...questions, ...plans), fc.constantFrom('', ' 确认', '的培训', ' ')),
    fc.tuple(fc.constantFrom('', '我', '昨天说的'), fc.constantFrom(...endings)),
  );
  test('around any training', () => {
    fc.assert(
      fc.property(cases, spoiled, ({ today, line }, [before, after]) => {
        expect(readTraining(wrap(line, before, after), today, worth).refused).not.toBeNull();
      }),
      { numRuns: 2000 },
    );
  });

  test('and a day that has not come is never taken', () => {
    fc.assert(
      fc.property(todays, fc.integer({ min: 1, max: 400 }), (today, ahead) => {
        const line = `登记 3学时 党性教育 ${addDays(today, ahead)} 《专题党课》 确认`;
        const { slots, problems } = readTraining(line, today, worth);
        expect(slots).not.toHaveProperty('from');
        expect(problems).toMatchObject([{ slot: 'days', reason: 'future' }]);
      }),
    );
  });
});

describe('whatever the text', () => {
  const words = fc.constantFrom(
    ...'登记 确认 3学时 半天 两天半 个半 小时 昨天 上周三 3月5日 至 - 到 、 年 月 日 号 11-20 2026 二〇二六 十 百 《 》 “ ” " 「 《专题》'.split(
      ' ',
    ),
    ...'标题： 地点： 内容： 学时： 党性 理论教育 专题培训 没 吗 明天 ( ） ， 。 . / 第 每 前 后 \u202e \ud800 \u0001 \u0002 ０ ３ ～ __proto__ =1+1'.split(
      ' ',
    ),
    ' ',
    '\n',
  );
  const texts = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 200 }).map((units) => String.fromCharCode(...units)),
    fc.array(words, { maxLength: 40 }).map((list) => list.join('')),
  );

  test('reading never throws, and what it yields makes sense', () => {
    fc.assert(
      fc.property(todays, texts, (today, text) => {
        const { slots, problems } = readTraining(text, today, worth);
        const { hours, halfDays, from, to, title } = slots;
        expect(hours === undefined || halfDays === undefined).toBe(true);
        expect(hours === undefined || (Number.isSafeInteger(hours) && hours > 0)).toBe(true);
        expect(halfDays === undefined || (Number.isSafeInteger(halfDays) && halfDays > 0)).toBe(true);
        expect(from === undefined).toBe(to === undefined);
        expect(from === undefined || to === undefined || from <= to).toBe(true);
        expect(to === undefined || to <= today).toBe(true);
        expect(title === undefined || (title !== '' && title.length <= 200)).toBe(true);
        for (const { slot } of problems) expect(slots).not.toHaveProperty(slot);
      }),
      { numRuns: 5000 },
    );
  });

  test.each([
    '1',
    '一',
    '十',
    '3学',
    '3-',
    '3月',
    '2026-',
    '11-12-',
    '5、',
    '《',
    '》',
    '《》',
    '"',
    '「《',
    '《\n',
    '半',
    '个半',
    ' ',
    '\n',
    '标题：',
    '标题：a ',
    '地点 a ',
    '内容：',
    '昨天至',
    '昨天、',
    '昨天 ',
    '没有',
    '如何',
    '党性教育',
    '理论 ',
    '我参加了',
    '的',
    '确认',
    '\u0000',
    '\u202e',
    '\ud800',
    'ﷺ',
    '３',
    '__proto__',
  ])('a megabyte of %j is read', (piece) => {
    const long = piece.repeat(1_000_000 / piece.length);
    for (const text of [long, `登记 3学时 ${long}`, `${long}学时 确认`]) {
      expect(readTraining(text, '2026-11-20', worth).slots).toBeTypeOf('object');
    }
  });
});

test('the days that are shown are the days that are read', () => {
  fc.assert(
    fc.property(todays, fc.integer({ min: 0, max: 800 }), (today, ago) => {
      const then = addDays(today, -ago);
      expect(readTraining(showDay(then, today), today, worth).slots).toEqual({ from: then, to: then });
    }),
  );
});
