import { describe, expect, test } from 'vitest';
import { keepHeard, mergeHeard, readHeard } from '../../../src/bot/heard.ts';
import { readChoice, readOrdinal } from '../../../src/bot/text/choice.ts';
import { readCourtesy, withoutCourtesy } from '../../../src/bot/text/courtesy.ts';
import { findIntent } from '../../../src/bot/text/intents.ts';
import { tokenise } from '../../../src/bot/text/lexicon.ts';

const means = (text: string): readonly string[] =>
  (findIntent(text, '2026-11-20')?.means ?? []).map((one) => ('line' in one ? one.line : one.fact));

test('a text is split into the longest words known; what says nothing falls away', () => {
  expect(tokenise('请问王芳2025年的1001号还没交学习体会吗')).toEqual([
    { type: 'unknown', words: '王芳' },
    { type: 'word', concept: 'year', words: '2025年' },
    { type: 'number', words: '1001' },
    { type: 'word', concept: 'not', words: '还没' },
    { type: 'word', concept: 'hand', words: '交' },
    { type: 'word', concept: 'reflection', words: '学习体会' },
  ]);
});

describe('a request in everyday words', () => {
  test.each([
    ['各单位学时情况怎么样', ['统计', '通报']],
    ['我们单位谁还没交', ['本单位', '逾期 体会', '体会']],
    ['导出台账', ['导出', '记录']],
    ['谁改了这条', ['审计', '记录', '审计']],
    ['去年学了多少', ['进度 2025']],
    ['王芳还没交体会吗', ['选择 逾期 体会 王芳', 'own-only']],
    ['1003 退回 没有证明', ['审核 1003 退回 没有证明']],
  ])('%s may mean %j', (text, lines) => {
    expect(means(text)).toEqual(lines);
  });

  test.each([
    '别撤回1001',
    '1001不撤回',
    '不要撤回刚才那条',
    '1001能撤回吗',
    '全部通过吗',
    '1001通过了没有？',
    '1001 退回吗',
    '把1001和王芳的批了',
    '我还差多少钱',
    '今天天气不错',
    '出差',
    '我还差多少学时'.repeat(10),
  ])('%s changes nothing', (text) => {
    expect(means(text).filter((line) => /^审核 .*(?:通过|退回|驳回)|^撤回/.test(line))).toEqual([]);
  });
});

test.each([
  ['谢谢', 'thanks'],
  ['好的，谢谢您！', 'thanks'],
  ['辛苦了', 'thanks'],
  ['谢谢，3学时', null],
  ['谢谢你帮我登记昨天的培训', null],
  ['早上好', 'greeting'],
  ['你真笨', 'calm'],
  ['我还差多少学时', null],
])('%s is manners alone: %s', (text, courtesy) => {
  expect(readCourtesy(text)).toBe(courtesy);
});

test.each([
  ['您好，我还差多少学时，谢谢！', '我还差多少学时'],
  ['老师好：昨天培训3学时🙏', '老师好：昨天培训3学时'],
  ['早上八点培训', '早上八点培训'],
  ['谢谢', '谢谢'],
])('%s without manners is %s', (text, rest) => {
  expect(withoutCourtesy(text)).toBe(rest);
});

test('one of those that were offered is named by its place, number, unit or name', () => {
  const offered = [
    { staffNo: 'E0011', name: '王芳', unit: '教务处' },
    { staffNo: 'E0012', name: '王芳', unit: '外国语学院' },
  ];
  expect(
    ['第二个', '2', '外国语学院的', '外国语', 'E0012', '王芳（外国语学院）', '要第二位吧'].map(
      (said) => readChoice(said, offered)?.staffNo,
    ),
  ).toEqual(Array.from({ length: 7 }, () => 'E0012'));
  expect(['王芳', '第三个', '学', '后勤处', ''].map((said) => readChoice(said, offered))).toEqual([
    null,
    null,
    null,
    null,
    null,
  ]);
  expect(readOrdinal('第十个')).toBeNull();
});

test('what was understood of a draft is kept in one field and follows its changes', () => {
  const before = {
    halfDays: 1,
    from: '2026-11-19',
    heard: keepHeard(
      [
        { slot: 'hours', words: '半天' },
        { slot: 'days', words: '昨天' },
      ],
      '张\n三',
    ),
  };
  expect(readHeard(before)).toEqual({
    slots: new Map([
      ['hours', '半天'],
      ['days', '昨天'],
    ]),
    unused: '张 三',
  });
  const said = { hours: 600, heard: keepHeard([{ slot: 'hours', words: '6学时' }], '') };
  const heard = mergeHeard(before, said, ['from']);
  expect(readHeard({ heard })).toEqual({
    slots: new Map([
      ['hours', '6学时'],
      ['days', '昨天'],
    ]),
    unused: '',
  });
  expect(readHeard({})).toEqual({ slots: new Map(), unused: '' });
});
