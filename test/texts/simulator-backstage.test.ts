import { expect, it } from 'vitest';
import { collections } from '../../src/collections.ts';
import { jobs } from '../../src/jobs/index.ts';
import { backstageWords } from '../../src/texts/simulator-backstage.ts';

const isChinese = (name: string): boolean => /^\p{Script=Han}+$/u.test(name);

it.each(collections.map(({ name }) => name))('the collection %s has a Chinese name behind the scenes', (name) => {
  expect(backstageWords.collection(name)).toSatisfy(isChinese);
});

it.each(jobs.map(({ name }) => name))('the job %s has a Chinese name behind the scenes', (name) => {
  expect(backstageWords.job(name)).toSatisfy(isChinese);
});
