import { expect, test } from 'vitest';
import {
  findLoneWords,
  findLongWords,
  readContent,
  readForm,
  readGrade,
  readKind,
} from '../../../src/bot/text/vocabulary.ts';
import { contents, forms, kinds } from '../../../src/domain/hours.ts';
import { contentNames, formNames, gradeNames, kindNames } from '../../../src/texts/glossary.ts';

test('every name that the glossary shows can be said', () => {
  for (const content of contents) expect(readContent(contentNames[content])).toBe(content);
  for (const kind of kinds.filter((one) => one !== 'unspecified')) expect(readKind(kindNames[kind])).toBe(kind);
  for (const form of forms.filter((one) => one !== 'unspecified')) expect(readForm(formNames[form])).toBe(form);
  for (const grade of ['chief', 'deputy', 'other'] as const) expect(readGrade(gradeNames[grade])).toBe(grade);
});

test('an exact word is nothing more and nothing less', () => {
  expect(readContent('党性')).toBe('party-spirit');
  expect(readContent('党性教育课')).toBeNull();
  expect(readKind('constructor')).toBeNull();
});

test('the longest word wins', () => {
  expect(findLongWords('党委理论学习中心组')).toMatchObject([{ slot: 'form', value: 'central-group' }]);
  expect(findLongWords('党性教育专题培训')).toMatchObject([
    { slot: 'content', value: 'party-spirit', start: 0, end: 4 },
    { slot: 'kind', value: 'thematic', start: 4, end: 8 },
  ]);
});

test('a short word counts only where nothing touches it', () => {
  expect(findLoneWords('党性，网络')).toMatchObject([{ value: 'party-spirit' }, { value: 'online' }]);
  expect(findLoneWords('马克思主义理论 理论课')).toEqual([]);
});
