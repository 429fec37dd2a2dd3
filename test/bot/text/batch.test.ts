import { describe, expect, it } from 'vitest';
import { readBatch } from '../../../src/bot/text/batch.ts';

describe('what is to be done with many people', () => {
  it.each([
    ['', {}],
    ['列入年轻干部 王芳 教务处', { task: 'young', people: '王芳 教务处' }],
    ['优秀年轻干部 是：E0011、E0012', { task: 'young', people: 'E0011、E0012' }],
    ['年轻干部 否 全体', { task: 'not-young', people: '全体' }],
    ['移出优秀年轻干部：全体', { task: 'not-young', people: '全体' }],
    ['年轻干部', { people: '年轻干部' }],
    ['退休 E0011', { task: 'retired', people: 'E0011' }],
    ['状态 离任 E0011', { task: 'left', people: 'E0011' }],
    ['调到 科研处 教务处全体', { task: 'move', to: '科研处', people: '教务处全体' }],
    ['单位：科研处', { task: 'move', to: '科研处' }],
    ['教务处全体', { people: '教务处全体' }],
  ])('%j', (said, expected) => {
    expect(readBatch(said)).toEqual(expected);
  });
});
