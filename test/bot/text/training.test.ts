import { describe, expect, test } from 'vitest';
import { readTraining } from '../../../src/bot/text/training.ts';

const today = '2026-11-20';
const worth = { halfDayHours: 400, dayHours: 800 };
const read = (text: string) => readTraining(text, today, worth);

const complete = {
  hours: 300,
  content: 'party-spirit',
  from: '2026-11-20',
  to: '2026-11-20',
  title: '专题党课',
};

describe('a complete line', () => {
  test.each([
    '登记 3学时 党性教育 2026-11-20 《专题党课》 确认',
    '登记 《专题党课》 2026-11-20 党性教育 3学时 确认',
    '登记今天3学时党性教育《专题党课》确认',
    '登记：今天，3学时，党性教育，《专题党课》，确认。',
    '登记  ３ 学时　党性教育　２０２６－１１－２０　《专题党课》　确认！',
    '登记\n3学时\n党性教育\n2026/11/20\n“专题党课”\n确认',
    '登记 三个学时 党性 本周五 「专题党课」 确定',
    '登记 3小时 党性 20号 "专题党课" 确认提交',
    '登记 11-20 3课时 党性教育 ”专题党课“ 确认',
    '登记 <<专题党课>> 11月20日（周五） 3.0学时 党性修养 确认',
    '登记 内容：党性教育 学时：3 日期：2026-11-20 标题：专题党课 确认',
    '登记\n标题：专题党课\n内容：党性教育\n学时：3\n日期：2026年11月20日\n确认',
    '登记 标题：《专题党课》；内容：党性；学时：3学时；时间：今天；确认',
    '今天上午参加了3学时的党性教育《专题党课》，确认',
  ])('%j', (text) => {
    const reading = read(text);
    expect(reading).toMatchObject({ confirmed: true, refused: null, problems: [], leftover: '' });
    expect(reading.slots).toEqual(complete);
  });

  test('without 确认 at its end is not confirmed', () => {
    expect(read('登记 3学时 党性教育 今天 《专题党课》').confirmed).toBe(false);
    expect(read('登记 确认 3学时 党性教育 今天 《专题党课》').confirmed).toBe(false);
    expect(read('登记 3学时 党性教育 今天 《专题党课 确认》').confirmed).toBe(false);
    expect(read('登记 3学时 党性教育 今天 《专题党课》 请确认').confirmed).toBe(false);
  });

  test('says what was taken from which words', () => {
    expect(read('登记 两小时 党性 昨天 《专题党课》 网课').understood).toEqual([
      { slot: 'title', words: '《专题党课》' },
      { slot: 'days', words: '昨天' },
      { slot: 'hours', words: '两小时，按 2 学时' },
      { slot: 'content', words: '党性' },
      { slot: 'form', words: '网课' },
    ]);
  });
});

describe('a word that is taken back', () => {
  test.each([
    '登记 党性教育 昨天 《专题党课》不对是4学时 确认',
    '登记 党性教育 昨天 《专题党课》，写错了，应该是4学时，确认',
  ])('%s is no negation, and not confirmed', (text) => {
    expect(read(text)).toMatchObject({ slots: { hours: 400 }, refused: null, confirmed: false });
  });
});

describe('every slot', () => {
  test('can be said in one sentence', () => {
    expect(
      read(
        '登记 两天半 理论 3月5日至7日 《二十届四中全会精神》 集中轮训 中心组学习 地点：行政楼 301室 主办：市委组织部',
      ).slots,
    ).toEqual({
      halfDays: 5,
      content: 'theory',
      from: '2026-03-05',
      to: '2026-03-07',
      title: '二十届四中全会精神',
      kind: 'rotation',
      form: 'central-group',
      place: '行政楼 301室',
      organiser: '市委组织部',
    });
  });

  test('is not made of a number behind the title', () => {
    expect(read('登记 《专题党课》-20').slots).toEqual({ title: '专题党课' });
  });

  test('is absent when nothing is said about it', () => {
    expect(read('登记')).toEqual({
      slots: {},
      confirmed: false,
      understood: [],
      leftover: '',
      refused: null,
      problems: [],
    });
    expect(read('登记 上午').slots).toEqual({});
    expect(read('登记 上个月').slots).toEqual({});
  });

  test('days and hours that agree are one amount', () => {
    expect(read('登记 11月12-14日 三天 24学时').slots).toMatchObject({ hours: 2400 });
    expect(read('登记 11月12-14日 三天').slots).toMatchObject({ halfDays: 6 });
  });
});

describe('the title', () => {
  test.each([
    ['《党性教育专题两天半》', '党性教育专题两天半'],
    ['《明天我没参加吗？3学时 昨天 网络 确认》', '明天我没参加吗？3学时 昨天 网络 确认'],
    ['“学习《民法典》”', '学习《民法典》'],
    ['《学习《民法典》体会》', '学习《民法典》体会'],
    ['《学习贯彻（第一期）：开班式》', '学习贯彻（第一期）：开班式'],
    ['标题：AI 赋能教学 3学时', 'AI 赋能教学'],
    ['标题：党性教育，确认', '党性教育'],
    ['主题：深入学习，全面贯彻', '深入学习，全面贯彻'],
    ['《__proto__》', '__proto__'],
    ['《=1+1》', '=1+1'],
    ['《专题》《专题》', '专题'],
  ])('of %s is %s', (text, title) => {
    expect(read(`登记 ${text}`)).toMatchObject({ slots: { title }, refused: null });
  });

  test('hides its words from every other slot', () => {
    expect(read('登记 《党性教育专题两天半，昨天》').slots).toEqual({ title: '党性教育专题两天半，昨天' });
  });

  test('without its second bracket is a problem, and nothing behind the bracket is read', () => {
    expect(read('登记 3学时 《党性教育两天 昨天')).toMatchObject({
      slots: { hours: 300 },
      problems: [{ slot: 'title', reason: 'unclosed' }],
    });
    expect(read('登记 3学时 专题党课》').problems).toMatchObject([{ slot: 'title', reason: 'unclosed' }]);
  });

  test.each([
    ['《专题一》 《专题二》', 'several'],
    ['《专题一》 标题：专题二', 'several'],
    [`《${'长'.repeat(201)}》`, 'too-long'],
  ])('%s is %s', (text, reason) => {
    const reading = read(`登记 ${text}`);
    expect(reading.problems).toMatchObject([{ slot: 'title', reason }]);
  });

  test('may do without brackets when nothing else can be meant, but then a draft is shown', () => {
    expect(read('登记 3学时 理论 昨天 学习贯彻四中全会精神讲座 确认')).toMatchObject({
      slots: { title: '学习贯彻四中全会精神讲座' },
      confirmed: false,
      leftover: '',
    });
    expect(read('昨天参加了意识形态工作报告会，3学时').slots.title).toBe('意识形态工作报告会');
  });

  test.each([
    '登记 昨天3学时党性教育专题报告',
    '登记 昨天 3学时 党课',
    '登记 昨天 3学时 第一会议室 形势政策报告会',
    '登记 昨天 3学时 学习、贯彻四中全会精神',
    '登记 昨天 3学时 形势政策报告会确认',
    '登记 麻烦您处理一下',
  ])('is not guessed: %s', (text) => {
    expect(read(text).slots.title).toBeUndefined();
  });
});

describe('what cannot be read', () => {
  test.each([
    ['2月30日', 'days', 'impossible', '2月30日'],
    ['3月7日至5日', 'days', 'reversed', '3月7日至5日'],
    ['昨天 前天', 'days', 'several', '昨天，前天'],
    ['0学时', 'hours', 'impossible', '0学时'],
    ['理论教育 党性教育', 'content', 'several', '理论教育，党性教育'],
    ['内容：党课', 'content', 'unknown', '党课'],
    ['专题培训 岗位培训', 'kind', 'several', '专题培训，岗位培训'],
    ['网课 自学', 'form', 'several', '网课，自学'],
    [`地点：${'长'.repeat(121)}`, 'place', 'too-long', '长'.repeat(121)],
    ['2026-11-21', 'days', 'future', '2026-11-21'],
    ['11月19日至21日', 'days', 'future', '11月19日至21日'],
    ['本周日', 'days', 'future', '本周日'],
  ])('%s: %s %s', (text, slot, reason, words) => {
    const reading = read(`登记 ${text}`);
    expect(reading.problems).toEqual([{ slot, reason, words }]);
    expect(reading.slots).toEqual({});
  });
});

describe('what has more than one meaning', () => {
  test.each([
    ['3学时 4学时', '3学时，4学时', 'several', [{ hours: 300 }, { hours: 400 }]],
    ['3学时 不对，是4学时', '3学时，4学时', 'several', [{ hours: 300 }, { hours: 400 }]],
    ['上午3学时，下午4学时', '3学时，4学时', 'several', [{ hours: 300 }, { hours: 400 }, { hours: 700 }]],
    ['两节课', '两节课', 'vague', [{ hours: 200 }, { halfDays: 1 }]],
    ['三节', '三节', 'vague', [{ hours: 300 }, { halfDays: 1 }]],
    ['一上午', '一上午', 'vague', [{ halfDays: 1 }]],
    ['整个下午', '整个下午', 'vague', [{ halfDays: 1 }]],
    ['1.5', '1.5', 'vague', [{ hours: 150 }, { halfDays: 3 }]],
    ['12', '12', 'vague', [{ hours: 1200 }]],
  ])('%s: %s is %s', (text, words, reason, choices) => {
    const reading = read(`登记 党性教育 ${text}`);
    expect(reading.problems).toEqual([{ slot: 'hours', reason, words, choices }]);
    expect(reading.slots).toEqual({ content: 'party-spirit' });
  });

  test.each(['上个月底', '月初', '10月中旬', '前几天', '最近', '上周', '去年底'])('%s is no day', (text) => {
    expect(read(`登记 ${text}`).problems).toEqual([{ slot: 'days', reason: 'vague', words: text }]);
  });

  test.each([
    ['2026-11-20', '上周末', ['2026-11-14', '2026-11-15']],
    ['2026-11-22', '上周末', ['2026-11-14', '2026-11-15']],
    ['2026-11-22', '周末', ['2026-11-21', '2026-11-22']],
    ['2026-11-21', '周末', ['2026-11-21']],
    ['2026-11-23', '周末', ['2026-11-21', '2026-11-22']],
  ])('on %s %s may be %j', (day, text, days) => {
    const [problem] = readTraining(`登记 ${text}`, day, worth).problems;
    const [from, to] = [days[0], days.at(-1)];
    const both = days.length > 1 ? [{ from, to }] : [];
    expect(problem?.choices).toEqual([...days.map((one) => ({ from: one, to: one })), ...both]);
  });
});

describe('a sentence', () => {
  test.each([
    ['昨天在报告厅听了意识形态专题报告 3学时', { title: '意识形态专题报告', place: '报告厅' }],
    ['上周三去党校培训了一天', { place: '党校' }],
    ['在国家教育行政学院进修了五天', { place: '国家教育行政学院' }],
    ['参加了市委组织部举办的处级干部进修班', { organiser: '市委组织部', title: '处级干部进修班' }],
    ['教务处组织的培训', { organiser: '教务处' }],
    ['在线学习3学时', {}],
    ['在家自学', {}],
    ['在会上听了', {}],
    ['听了党性教育专题报告', {}],
    ['昨天调休上班', {}],
  ])('%s names %j', (text, named) => {
    const { title, place, organiser } = readTraining(text, today, worth, true).slots;
    expect({ title, place, organiser }).toEqual({ title: undefined, place: undefined, organiser: undefined, ...named });
  });

  test('is never submitted at once when a part of it was read from its phrases', () => {
    expect(read('登记 昨天在报告厅听了《专题党课》 3学时 党性教育 确认').confirmed).toBe(false);
    expect(read('登记 昨天听了《专题党课》 3学时 党性教育 确认').confirmed).toBe(true);
    expect(read('登记 和王芳一起听了《专题党课》 3学时 党性教育 昨天 确认').confirmed).toBe(false);
  });

  test('in free speech says no more with 确认 than behind 登记', () => {
    const text = '那个昨天听了《专题党课》 3学时 党性教育 确认';
    expect(readTraining(text, today, worth, true).confirmed).toBe(read(text).confirmed);
    expect(readTraining(text, today, worth, true).confirmed).toBe(false);
  });
});

describe('no training that took place', () => {
  test.each([
    ['我没有参加昨天的培训', 'negation'],
    ['登记 3学时 党性教育 昨天 《专题党课》 没去', 'negation'],
    ['登记 明天 3学时 党性教育 《专题党课》 确认', 'future'],
    ['昨天《专题党课》算3学时吗', 'question'],
    ['今天天气怎么样', 'question'],
  ])('%s: %s', (text, refused) => {
    expect(read(text).refused).toBe(refused);
  });
});
