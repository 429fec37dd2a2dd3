import { describe, expect, it } from 'vitest';
import { emptyModel, type Model } from '../../../src/messenger/simulator/page/model.ts';
import { castOf, tourSteps } from '../../../src/messenger/simulator/page/tour-steps.ts';
import { people } from '../../support/college.ts';

const model: Model = {
  ...emptyModel,
  people: [people.cadre, people.clerk].map((cadre) => ({ ...cadre, id: cadre.staffNo })),
  first: [`p:${people.cadre.staffNo}`, `p:${people.clerk.staffNo}`],
};

describe('the walk for newcomers', () => {
  it('is offered on the sample alone: nobody is made to speak in a real college', () => {
    expect(castOf({ ...model, sample: false })).toBeNull();
    expect(castOf({ ...model, sample: true })).toMatchObject({
      cadre: { id: people.cadre.staffNo },
      clerk: { id: people.clerk.staffNo },
    });
  });

  it('needs somebody for each part', () => {
    expect(castOf({ ...model, sample: true, first: model.first.slice(0, 1) })).toBeNull();
  });

  it('has its steps in parts that hang together, so that the rest of one can be skipped', () => {
    const parts = tourSteps.map(({ part }) => part);
    expect(parts.filter((part, i) => part !== parts[i - 1])).toEqual([...new Set(parts)]);
  });
});
