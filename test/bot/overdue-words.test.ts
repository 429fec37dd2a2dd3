import { describe, expect, it } from 'vitest';
import { readOverdueWords } from '../../src/bot/overdue-words.ts';

describe('which part of the list is meant', () => {
  it.each([
    ['', {}],
    ['全部', {}],
    ['体会', { kind: 'reflection' }],
    ['教务处 学时', { kind: 'pace', about: '教务处' }],
    ['体会 超过7天', { kind: 'reflection', longerThan: 7 }],
    ['超过一个月', { longerThan: 30 }],
    ['逾期 30 天以上', { longerThan: 30 }],
    ['10月以前', { before: '2026-10-01' }],
    ['11月20日之前', { before: '2026-11-20' }],
    ['12月以前', { before: '2025-12-01' }],
    ['2025年3月5日前 教务处', { before: '2025-03-05', about: '教务处' }],
    ['2月30日以前', { about: '2月30日以前' }],
    ['没催过', { remindedTo: 0 }],
    ['体会 没有提醒过的', { kind: 'reflection', remindedTo: 0 }],
    ['催过的', { remindedFrom: 1 }],
    ['催过两次以上', { remindedFrom: 2 }],
    ['王芳 提醒过3次', { about: '王芳', remindedFrom: 3 }],
  ])('%s', (said, meant) => expect(readOverdueWords(said, '2026-11-20')).toEqual(meant));
});
