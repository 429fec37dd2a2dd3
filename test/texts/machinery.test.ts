import { describe, expect, it } from 'vitest';
import { collections } from '../../src/collections.ts';
import { jobs } from '../../src/jobs/index.ts';
import { collectionNames, doingNames, jobNames } from '../../src/texts/machinery.ts';
import { backstageWords } from '../../src/texts/simulator-backstage.ts';

const chinese = /^[\p{Script=Han}]+$/u;

describe('the names of what the program keeps and does', () => {
  it('has one in Chinese for every collection, and for nothing else', () => {
    expect(Object.keys(collectionNames).sort()).toEqual(collections.map(({ name }) => name).sort());
    for (const { name } of collections) expect(collectionNames[name]).toMatch(chinese);
  });

  it('has one in Chinese for every job, and for nothing else', () => {
    expect(Object.keys(jobNames).sort()).toEqual(jobs.map(({ name }) => name).sort());
    for (const { name } of jobs) expect(backstageWords.job(name)).toMatch(chinese);
  });

  it('calls none of them by the same name', () => {
    for (const names of [collectionNames, jobNames, doingNames]) {
      expect(new Set(Object.values(names)).size).toBe(Object.keys(names).length);
    }
  });

  it('tells a job from what a person does', () => {
    expect(backstageWords.doing('job', 'digest')).toBe('任务“每日提醒”');
    expect(backstageWords.doing('job', 'tick')).toBe('登记定时任务');
    expect(backstageWords.doing('message', '登记')).toBe('“登记”');
    expect(backstageWords.doing('message', '')).toBe('收到消息');
  });
});
