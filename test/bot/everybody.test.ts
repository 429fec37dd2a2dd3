import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readStandings } from '../../src/bot/everybody.ts';
import { cadres } from '../../src/domain/cadre.ts';
import { hourEntries } from '../../src/domain/hours.ts';
import { fiveYearProgress } from '../../src/domain/progress.ts';
import { arbitraryDay, arbitraryEntry, makeCadre, policy } from '../domain/build.ts';
import { viewOf } from '../support/view-of.ts';

const people = [
  makeCadre({ staffNo: 'E1003', appointedOn: '2025-06-01' }),
  makeCadre({ staffNo: 'E1001' }),
  makeCadre({ staffNo: 'E1002', grade: 'other' }),
];

it('everybody stands where the own entries say, in the order of the roster', () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(arbitraryEntry, fc.constantFrom('E1001', 'E1002', 'E1003', 'E9999')), { maxLength: 40 }),
      arbitraryDay('2022-06-01', 2500),
      async (rows, day) => {
        const entries = rows.map(([entry, staffNo], id) => ({ ...entry, id: id + 1, staffNo }));
        const standings = await readStandings(viewOf([cadres, people], [hourEntries, entries]), policy, day);
        expect(standings.map(({ cadre }) => cadre.staffNo)).toEqual(['E1001', 'E1002', 'E1003']);
        for (const { cadre, progress } of standings) {
          const own = entries.filter(({ staffNo }) => staffNo === cadre.staffNo);
          expect(fiveYearProgress(cadre, own, policy, day)).toMatchObject(progress);
        }
      },
    ),
  ));
