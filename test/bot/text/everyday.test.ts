import { expect, test } from 'vitest';
import { everydayMeanings, isThanks } from '../../../src/bot/text/everyday.ts';

test.each([
  ['谁没交', ['逾期 体会', '体会']],
  ['体会还没有交的有哪些', ['逾期 体会', '体会']],
  ['有待审的吗', ['审核', '待办']],
  ['我还差多少', ['进度']],
  ['今年多少学时', ['进度']],
  ['达标了吗', ['进度']],
  ['怎么用', ['帮助']],
  ['你会做什么', ['帮助']],
  ['今天天气不错', []],
  ['出差', []],
  [`还差${'很'.repeat(40)}多`, []],
])('%s may mean %j', (said, means) => {
  expect(everydayMeanings(said)).toEqual(means);
});

test.each([
  ['谢谢', true],
  ['好的，谢谢您！', true],
  ['辛苦了', true],
  ['谢谢，3学时', false],
  ['谢谢你帮我登记昨天的培训', false],
])('%s is thanks and nothing else: %s', (said, is) => {
  expect(isThanks(said)).toBe(is);
});
