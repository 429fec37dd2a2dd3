import { expect, test } from 'vitest';
import { findPerson } from '../../../src/bot/text/people.ts';

const people = [
  { staffNo: 'E1001', name: '王芳', unit: '教务处' },
  { staffNo: 'E1002', name: '王芳', unit: '外国语学院' },
  { staffNo: 'E1003', name: '欧阳明月', unit: '教务处' },
  { staffNo: '20130045', name: '㛃𬀩', unit: '图书馆' },
];
const find = (text: string) => {
  const found = findPerson(text, people);
  return found.ok ? found.person.staffNo : `${found.reason} ${found.matches.length}`;
};

test.each([
  ['E1001', 'E1001'],
  ['ｅ１００１', 'E1001'],
  ['20130045', '20130045'],
  ['欧阳明月', 'E1003'],
  [' 欧阳 明月 ', 'E1003'],
  ['㛃𬀩', '20130045'],
  ['王芳', 'several 2'],
  ['王芳 教务处', 'E1001'],
  ['王芳（外国语学院）', 'E1002'],
  ['外国语学院 王芳', 'E1002'],
  ['王芳 E1002', 'E1002'],
  ['王芳 图书馆', 'none 0'],
  ['明月', 'none 0'],
  ['', 'none 0'],
])('%j names %s', (text, person) => {
  expect(find(text)).toBe(person);
});
