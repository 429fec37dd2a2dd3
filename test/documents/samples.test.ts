import { describe, expect, it } from 'vitest';
import { readLedger } from '../../src/documents/ledger.ts';
import { readRoster } from '../../src/documents/roster.ts';
import { readWorkbook } from '../../src/documents/workbook.ts';
import { makeSamples } from '../support/make-samples.ts';

const fileOf = (name: string): string => new URL(`../../data/samples/${name}.xlsx`, import.meta.url).pathname;
const roster = await readRoster(fileOf('roster'));
const ledger = await readLedger(fileOf('ledger'));
const people = roster.rows.map(({ person }) => person);

it('the sample files are what the script makes', async () => {
  const made = await makeSamples();
  expect(await readWorkbook(fileOf('roster'))).toEqual(await readWorkbook(made.roster));
  expect(await readWorkbook(fileOf('ledger'))).toEqual(await readWorkbook(made.ledger));
});

describe('the sample roster', () => {
  it('is read without a fault: about 150 people in about 30 units', () => {
    expect(roster.faults).toEqual([]);
    expect(people.length).toBeGreaterThan(140);
    expect(people.length).toBeLessThan(160);
    expect(new Set(people.map(({ unit }) => unit)).size).toBe(31);
    expect(new Set(people.map(({ staffNo }) => staffNo)).size).toBe(people.length);
    expect(new Set(people.map(({ mobile }) => mobile)).size).toBe(people.length);
  });

  it('has namesakes, rare characters and a surname of two', () => {
    const names = people.map(({ name }) => name);
    expect(names.filter((name) => name === '王芳')).toHaveLength(2);
    expect(new Set(names).size).toBe(names.length - 1);
    expect(names).toEqual(expect.arrayContaining(['李䶮', '张㛃', '刘𬀩', '欧阳明月', '阿依古丽·买买提']));
  });

  it('has a head for each unit, and everybody whom the department needs', () => {
    const heads = people.filter(({ roles }) => roles?.includes('unit-head'));
    expect(new Set(heads.map(({ unit }) => unit)).size).toBe(31);
    const holding = (role: NonNullable<(typeof people)[number]['roles']>[number]) =>
      people.filter(({ roles }) => roles?.includes(role)).map(({ name, staffNo }) => `${name} ${staffNo}`);
    expect(holding('clerk')).toEqual(['赵敏 E0003']);
    expect(holding('department-head')).toEqual(['陈国栋 E0002']);
    expect(holding('archivist')).toEqual(['孙立 E0004']);
    expect(holding('operator')).toEqual(['郭一鸣 E0005']);
  });

  it('has somebody retired, somebody gone and somebody appointed inside the cycle', () => {
    expect(people.filter(({ state }) => state === 'retired')).toHaveLength(1);
    expect(people.filter(({ state }) => state === 'left')).toHaveLength(1);
    expect(people.find(({ name }) => name === '林夏')).toMatchObject({ appointedOn: '2025-07-01', youngTalent: true });
  });
});

describe('the sample ledger', () => {
  it('covers 2023 to 19 November 2026, a sheet a year', () => {
    expect(ledger.sheets).toEqual(['2023年', '2024年', '2025年', '2026年']);
    const ends = ledger.rows.map(({ facts }) => facts.to).filter((day) => day < '2027');
    expect(ends.reduce((a, b) => (a > b ? a : b))).toBe('2026-11-18');
    for (const month of ['2026-10', '2026-11'])
      expect(ends.filter((day) => day.startsWith(month)).length).toBeGreaterThan(200);
  });

  it('has the faults of real ones, each named by row, column, what was found and what is expected', () => {
    expect(ledger.faults).toEqual([
      { sheet: '2023年', row: 64, column: '学时', found: '两天', expected: '应为数字，例如 8' },
      expect.objectContaining({ sheet: '2023年', column: '内容', found: '政治理论' }),
      expect.objectContaining({ sheet: '2023年', column: '学时', found: '' }),
      expect.objectContaining({ sheet: '2025年', column: '起止日期', found: '2025-02-30' }),
      expect.objectContaining({ sheet: '2025年', column: '培训名称', found: '' }),
      expect.objectContaining({ sheet: '2026年', column: '起止日期', found: '2026.8.28-8.26' }),
      expect.objectContaining({ sheet: '2026年', column: '方式', found: '线下' }),
    ]);
    expect(ledger.total).toBe(ledger.rows.length + ledger.faults.length);
  });

  it('has trainings of all contents, across the turn of a year, of half hours and of months', () => {
    const all = ledger.rows.map(({ facts }) => facts);
    expect(new Set(all.map(({ content }) => content)).size).toBe(4);
    expect(all.some(({ from, to }) => from.slice(0, 4) < to.slice(0, 4))).toBe(true);
    expect(all.some(({ hours }) => hours === 350)).toBe(true);
    expect(all.filter(({ form }) => form === 'secondment')).toHaveLength(3);
    expect(ledger.rows.some(({ staffNo }) => staffNo === null)).toBe(true);
  });
});
