import { describe, expect, it } from 'vitest';
import { emptyModel, type Model } from '../../../src/messenger/simulator/page/model.ts';
import { castOf } from '../../../src/messenger/simulator/page/tour-play.ts';
import { scenes, stepAfterSkip } from '../../../src/messenger/simulator/page/tour-scenes.ts';
import { makeCadre, people } from '../../support/college.ts';

const colleague = makeCadre({ unit: people.cadre.unit });
const model: Model = {
  ...emptyModel,
  people: [people.cadre, people.clerk, people.unitHead, colleague].map((cadre) => ({ ...cadre, id: cadre.staffNo })),
  first: [`p:${people.cadre.staffNo}`, `p:${people.clerk.staffNo}`],
};

describe('the walk for newcomers', () => {
  it('is offered on the sample alone: nobody is made to speak in a real college', () => {
    expect(castOf({ ...model, sample: false })).toBeNull();
    expect(castOf({ ...model, sample: true })).toMatchObject({
      cadre: { id: people.cadre.staffNo },
      clerk: { id: people.clerk.staffNo },
      leaver: { id: people.unitHead.staffNo },
      late: { id: colleague.staffNo },
    });
  });

  it('needs somebody for each part', () => {
    expect(castOf({ ...model, sample: true, first: model.first.slice(0, 1) })).toBeNull();
    expect(castOf({ ...model, sample: true, people: model.people.slice(0, 3) })).toBeNull();
  });

  it.each(Object.entries(scenes))('%s has its steps in parts that hang together', (_, { steps }) => {
    const parts = steps.map(({ part }) => part);
    expect(parts.filter((part, i) => part !== parts[i - 1])).toEqual([...new Set(parts)]);
    for (const { part, needs = [] } of steps)
      for (const need of needs) expect(parts.indexOf(need)).toBeLessThan(parts.indexOf(part));
  });

  it.each([
    ['without leave people still sign in', 'leave', 'signing'],
    ['without signing in only the end is left', 'signing', 'closing'],
    ['without the roll nobody has anything to make up', 'roll', 'closing'],
    ['without a class nothing is left', 'opening', undefined],
  ])('%s', (_, skipped, next) => {
    const { steps } = scenes.course;
    const at = steps.findIndex(({ part }) => part === skipped);
    expect(steps[stepAfterSkip(steps, at)]?.part).toBe(next);
  });
});
