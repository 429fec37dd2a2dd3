import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  applyLedgerImport,
  importLedger,
  type LedgerOptions,
  planLedgerImport,
} from '../../../src/bot/importing/ledger.ts';
import type { ImportReport } from '../../../src/bot/importing/report.ts';
import { importRoster } from '../../../src/bot/importing/roster.ts';
import { appendHourEvent, nextEntryId } from '../../../src/bot/ledger.ts';
import { type LedgerReading, type LedgerRow, readLedger } from '../../../src/documents/ledger.ts';
import { ledgerWorkbook } from '../../../src/documents/ledger-workbook.ts';
import { readRoster } from '../../../src/documents/roster.ts';
import { cadres } from '../../../src/domain/cadre.ts';
import { decideEvent, submitEvent, voidEvent, withdrawEvent } from '../../../src/domain/entry-life.ts';
import { type HourEntry, type HourFacts, hourEntries, hourEvents } from '../../../src/domain/hours.ts';
import { makeUps } from '../../../src/domain/make-up.ts';
import { reflections } from '../../../src/domain/reflection.ts';
import { loadPolicy } from '../../../src/policy/load.ts';
import { type Cause, listAll, type Transaction } from '../../../src/store/store.ts';
import { describeFault, describeImport } from '../../../src/texts/importing.ts';
import { college, people } from '../../support/college.ts';
import { openTemporaryStore, type TemporaryStore } from '../../support/temporary-store.ts';

const at = '2026-11-20T01:00:00.000Z';
const cause: Cause = { actor: 'system', via: 'cli', what: 'import', ref: 'ledger.xlsx', at };
const policies = loadPolicy(new URL('../../../data/policy', import.meta.url).pathname);
const clerk = people.clerk.staffNo;
const options: LedgerOptions = { policies, by: clerk, at };

let temporary: TemporaryStore;
beforeEach(async () => {
  temporary = await openTemporaryStore([cadres, hourEntries, hourEvents, makeUps, reflections]);
});
afterEach(() => temporary.remove());

const facts: HourFacts = {
  from: '2026-03-05',
  to: '2026-03-05',
  hours: 400,
  content: 'theory',
  kind: 'thematic',
  form: 'central-group',
  title: '全国两会精神专题报告',
  organiser: null,
  place: null,
  proof: '签到表',
  result: null,
  note: null,
};
const wangFang = { staffNo: people.cadre.staffNo, name: '王芳' };
const line = (row: number, more: Partial<HourFacts> = {}, who: Partial<LedgerRow> = wangFang): LedgerRow => ({
  sheet: '2026年',
  row,
  ...wangFang,
  ...who,
  facts: { ...facts, ...more },
});
const reading = (...rows: LedgerRow[]): LedgerReading => ({
  rows,
  faults: [],
  sheets: ['2026年'],
  skippedSheets: [],
  total: rows.length,
  hash: '0123456789abcdef',
});

const inTransaction = <R>(work: (tx: Transaction) => Promise<R>): Promise<R> =>
  temporary.store.transaction(cause, work);
const seat = () =>
  inTransaction(async (tx) => {
    for (const cadre of college) await tx.put(cadres, cadre);
  });
const importRows = (...rows: LedgerRow[]): Promise<ImportReport> =>
  inTransaction((tx) => importLedger(tx, reading(...rows), options));
const entriesNow = (): Promise<HourEntry[]> => temporary.store.read((view) => listAll(view, hourEntries));
const faultsOf = async (...rows: LedgerRow[]): Promise<string[]> =>
  (await importRows(...rows)).faults.map(describeFault);

describe('one row', () => {
  beforeEach(seat);

  it('goes in as submitted and approved by the importer, with both events', async () => {
    const report = await importRows(line(5));
    expect(report).toMatchObject({ total: 1, added: 1, same: 0, waiting: 0, faults: [] });
    const [entry] = await entriesNow();
    expect(entry).toMatchObject({ ...facts, staffNo: wangFang.staffNo, state: 'approved', source: 'import' });
    expect(entry).toMatchObject({
      submittedBy: clerk,
      decidedBy: clerk,
      decidedAt: at,
      importId: '0123456789abcdef-1001',
    });
    const events = await temporary.store.read((view) => listAll(view, hourEvents));
    expect(events.map(({ type }) => type)).toEqual(['submitted', 'approved']);
  });

  it("of the importer's own waits for somebody else", async () => {
    const report = await importRows(line(5, {}, { staffNo: clerk, name: people.clerk.name }), line(6));
    expect(report).toMatchObject({ added: 2, waiting: 1 });
    expect((await entriesNow()).map(({ state }) => state)).toEqual(['submitted', 'approved']);
  });

  it('without 工号 is matched by a name that only one person has, and noted', async () => {
    const report = await importRows(line(5, {}, { staffNo: null, name: '欧阳明月' }));
    expect(report.added).toBe(1);
    expect(describeImport(report, true)[1]).toBe(
      '注意：工作表“2026年”第 5 行：没有工号，已按姓名记给欧阳明月（E0010），请核对。',
    );
    expect((await entriesNow())[0]?.staffNo).toBe('E0010');
  });

  it.each<[string, LedgerRow, string]>([
    [
      'a namesake without 工号',
      line(5, {}, { staffNo: null }),
      '“工号”列：是空白，干部名册里有 2 位“王芳”，请填写工号',
    ],
    [
      'an unknown 工号',
      line(5, {}, { staffNo: 'E9' }),
      '“工号”列：写的是“E9”，干部名册里没有这个工号，请核对或先导入名册',
    ],
    [
      'an unknown name',
      line(5, {}, { staffNo: null, name: '张三' }),
      '“姓名”列：写的是“张三”，干部名册里没有这个姓名，请核对或先导入名册',
    ],
    [
      'the name of somebody else',
      line(5, {}, { name: '张三' }),
      '“姓名”列：写的是“张三”，工号 E0011 在干部名册里是“王芳”，请核对姓名和工号',
    ],
    [
      'more hours than its days hold',
      line(5, { hours: 1001 }),
      '“学时”列：写的是“10.01”，这段日期最多可计 10 学时，请核对日期和学时',
    ],
    [
      'a day that is still to come',
      line(5, { to: '2026-11-21' }),
      '“起止日期”列：写的是“2026-11-21”，培训还没有结束，请核对日期',
    ],
  ])('with %s is a fault', async (_, row, fault) => {
    expect(await faultsOf(row)).toEqual([`工作表“2026年”第 5 行${fault}`]);
    expect(await entriesNow()).toEqual([]);
  });

  it.each([
    ['2026-11-20', 1],
    ['2026-11-21', 0],
  ])('that ends on %s adds %i entries on 20 November', async (day, added) => {
    expect((await importRows(line(5, { from: day, to: day }))).added).toBe(added);
  });
});

describe('two rows of one person', () => {
  beforeEach(seat);

  it('that are the same word for word go in once, and the second names the first', async () => {
    expect(await faultsOf(line(5), line(9))).toEqual([
      '工作表“2026年”第 9 行“培训名称”列：写的是“全国两会精神专题报告”，与工作表“2026年”第 5 行完全相同，请只留一行',
    ]);
    expect(await entriesNow()).toHaveLength(1);
  });

  it('with similar titles a day apart are a fault, two days apart are not', async () => {
    const later = (day: string) => line(9, { from: day, to: day, title: '《全国两会精神》专题报告会' });
    expect(await faultsOf(line(5), later('2026-03-06'))).toEqual([
      expect.stringContaining('与工作表“2026年”第 5 行《全国两会精神专题报告》疑似重复'),
    ]);
    expect(await faultsOf(later('2026-03-07'))).toEqual([]);
  });

  it('that together exceed a day are a fault which names the other', async () => {
    const rest = { title: '保密培训', content: 'knowledge' } as const;
    expect(await faultsOf(line(5), line(6, { ...rest, hours: 600 }))).toEqual([]);
    expect(await faultsOf(line(7, { title: '消防演练', hours: 50 }))).toEqual([
      '工作表“2026年”第 7 行“学时”列：写的是“0.5”，连同登记号 1001《全国两会精神专题报告》、登记号 1002《保密培训》，2026年3月5日合计 10.5 学时，一天最多 10 学时，请核对',
    ]);
  });

  it('do not disturb the same training of somebody else', async () => {
    expect((await importRows(line(5), line(6, {}, { staffNo: people.namesake.staffNo }))).added).toBe(2);
  });
});

describe('a file that comes again', () => {
  beforeEach(seat);

  const decide = async (act: (tx: Transaction, entry: HourEntry) => Promise<unknown>) => {
    const [entry] = await entriesNow();
    if (entry === undefined) throw new Error('no entry');
    await inTransaction((tx) => act(tx, entry));
  };
  const append = (result: ReturnType<typeof voidEvent>, tx: Transaction) =>
    result.ok ? appendHourEvent(tx, result.event, policies.at(at)) : Promise.reject(new Error(result.reason));

  it('changes nothing at all', async () => {
    await importRows(line(5), line(6, { from: '2026-04-01', to: '2026-04-02' }));
    const { n } = await temporary.store.read((view) => view.auditHead());
    expect(await importRows(line(5), line(6, { from: '2026-04-01', to: '2026-04-02' }))).toMatchObject({
      added: 0,
      same: 2,
      faults: [],
    });
    for await (const record of temporary.store.auditRecords(n + 1)) expect(record.changes).toEqual([]);
  });

  it('adds what is new in it only', async () => {
    await importRows(line(5));
    expect(await importRows(line(5), line(6, { from: '2026-04-01', to: '2026-04-02' }))).toMatchObject({
      added: 1,
      same: 1,
    });
  });

  it('does not revive what was voided since, and says so', async () => {
    await importRows(line(5));
    await decide((tx, entry) => append(voidEvent(entry, '证明材料不实', people.head.staffNo, at), tx));
    const report = await importRows(line(5));
    expect(report).toMatchObject({ added: 0, same: 1 });
    expect(report.notes[0]?.text).toBe('与登记号 1001 相同，该记录已作废，没有再次登记');
  });

  it('knows a row again whose hours a reviewer has changed', async () => {
    await inTransaction(async (tx) => {
      const submission = { entryId: await nextEntryId(tx), staffNo: wangFang.staffNo, by: wangFang.staffNo, at, facts };
      const policy = policies.at(facts.to);
      const entry = await appendHourEvent(tx, submitEvent({ ...submission, source: 'chat', importId: null }), policy);
      await append(decideEvent(entry, { type: 'approved', amend: { hours: 300 } }, clerk, at), tx);
    });
    expect(await importRows(line(5), line(6, { hours: 300 }))).toMatchObject({ added: 0, same: 2, faults: [] });
  });

  it('adds a row that its owner had withdrawn', async () => {
    await importRows(line(5, {}, { staffNo: clerk, name: people.clerk.name }));
    await decide((tx, entry) => append(withdrawEvent(entry, clerk, at), tx));
    expect(await importRows(line(5, {}, { staffNo: clerk, name: people.clerk.name }))).toMatchObject({
      added: 1,
      same: 0,
    });
  });
});

describe('reflections', () => {
  beforeEach(seat);
  const owing = { from: '2026-11-10', to: '2026-11-12', form: 'intensive' } as const;
  const stateAfter = async (more: Partial<HourFacts>) => {
    await importRows(line(5, more));
    const rows = await temporary.store.read((view) => listAll(view, reflections));
    return rows.map(({ state, dueOn, decidedBy }) => [state, dueOn, decidedBy]);
  };

  it('are owed for a class of this autumn', async () => {
    expect(await stateAfter(owing)).toEqual([['owed', '2026-11-19', null]]);
  });

  it('handed in on paper are accepted', async () => {
    expect(await stateAfter({ ...owing, proof: '结业证书、学习体会' })).toEqual([['accepted', '2026-11-19', clerk]]);
  });

  it('are not asked for earlier classes', async () => {
    expect(await stateAfter({ ...owing, from: '2026-08-31', to: '2026-08-31' })).toEqual([]);
  });
});

describe('the sample college', () => {
  const fileOf = (name: string): string => new URL(`../../../data/samples/${name}.xlsx`, import.meta.url).pathname;
  const system = { ...options, by: 'system' };

  it('goes in with its faults named, once, and comes out as a file that brings nothing new', async () => {
    const roster = await readRoster(fileOf('roster'));
    await inTransaction((tx) => importRoster(tx, roster, { mayAssignRoles: true }));
    const ledger = await readLedger(fileOf('ledger'));
    const done: number[] = [];
    const preview = await temporary.store.read((view) => planLedgerImport(view, ledger, system));
    const first = await inTransaction((tx) =>
      importLedger(tx, ledger, { ...system, onProgress: (count) => done.push(count) }),
    );
    expect(first).toEqual(preview.report);
    expect(new Set(first.faults.map(({ sheet, row }) => `${sheet}${row}`)).size).toBe(13);
    expect(first.notes).toHaveLength(1);
    expect(first.added + 13).toBe(first.total);
    expect(done).toHaveLength(ledger.rows.length + first.added);
    expect(done.at(-1)).toBe(first.added);

    const again = await inTransaction((tx) => importLedger(tx, ledger, system));
    expect(again).toMatchObject({ added: 0, same: first.added, faults: first.faults });

    const everybody = await temporary.store.read((view) => listAll(view, cadres));
    const written = await readLedger(await ledgerWorkbook(await entriesNow(), everybody, at));
    const rewritten = await inTransaction((tx) => importLedger(tx, written, system));
    expect(rewritten).toMatchObject({ added: 0, same: first.added, faults: [] });
  });
});

describe('an import that fails half-way', () => {
  beforeEach(seat);

  it('leaves nothing behind', async () => {
    const rows = Array.from({ length: 40 }, (_, i) =>
      line(i + 3, { from: `2025-0${(i % 9) + 1}-01`, to: `2025-1${i % 3}-28`, title: `第${i}讲`, hours: 100 }),
    );
    const failing = inTransaction(async (tx) => {
      const plan = await planLedgerImport(tx, reading(...rows), options);
      let puts = 0;
      const breaking: Transaction = {
        ...tx,
        cause: tx.cause,
        get: (...args) => tx.get(...args),
        find: (...args) => tx.find(...args),
        nextNumber: (name) => tx.nextNumber(name),
        put: (...args) => {
          puts += 1;
          return puts > 50 ? Promise.reject(new Error('broken')) : tx.put(...args);
        },
      };
      return applyLedgerImport(breaking, plan, options);
    });
    await expect(failing).rejects.toThrow('broken');
    expect(await entriesNow()).toEqual([]);
    await temporary.reopen();
    expect(await entriesNow()).toEqual([]);
    expect((await importRows(...rows)).added).toBe(40);
  });
});

it('a report says in a few lines what happened and what to do', () => {
  const fault = { sheet: '2024年', row: 12, column: '学时', found: '两天', expected: '应为数字，例如 8' };
  const report: ImportReport = {
    subject: 'ledger',
    total: 9,
    added: 5,
    updated: 0,
    same: 3,
    waiting: 1,
    faults: [fault],
    notes: [{ place: null, text: '工作表“说明”里没有可识别的表头，没有读取' }],
  };
  expect(describeImport(report, false)).toEqual([
    '学时台账共 9 行：将新增 5 条，已有且相同 3 条，有误 1 行。',
    '其中 1 条是导入人本人的，须由他人审核。',
    '注意：工作表“说明”里没有可识别的表头，没有读取。',
    '有误：工作表“2024年”第 12 行“学时”列：写的是“两天”，应为数字，例如 8。',
    '请在文件中改正有误的行后再导入一次；已导入的行不会重复。',
  ]);
});
