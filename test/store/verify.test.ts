import { readFile, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AnyCollection } from '../../src/domain/collection.ts';
import { decideEvent, rebuildEntry, submitEvent } from '../../src/domain/entry-life.ts';
import { type HourFacts, hourEntries, hourEvents } from '../../src/domain/hours.ts';
import { openLine, sealLine } from '../../src/store/lowdb/lines.ts';
import type { AuditRecord, Store } from '../../src/store/store.ts';
import { verifyStore } from '../../src/store/verify.ts';
import { addPerson, type LedgerFolder, makeLedgerFolder } from '../support/ledger-folder.ts';
import { causeOf, contractCollections, people, personOf } from '../support/store-samples.ts';

const collections: readonly AnyCollection[] = [...contractCollections, hourEntries, hourEvents];

const facts: HourFacts = {
  from: '2026-11-19',
  to: '2026-11-19',
  hours: 300,
  content: 'party-spirit',
  kind: 'thematic',
  form: 'intensive',
  title: '专题党课',
  organiser: null,
  place: null,
  proof: null,
  result: null,
  note: null,
};

describe('verify', () => {
  let folder: LedgerFolder;
  let store: Store;
  beforeEach(async () => {
    folder = await makeLedgerFolder();
    store = await folder.open({ collections });
    await addPerson(store, 1);
    await addPerson(store, 2);
  });
  afterEach(async () => {
    await store.close();
    await folder.remove();
  });

  /** Changes lines of a file of the closed store behind its back, with sums that fit. */
  async function tamper(file: string, change: (line: string) => string): Promise<void> {
    await store.close();
    const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
    const changed = lines.map((line) => {
      const next = change(line);
      return next === line
        ? line
        : sealLine(next.slice(0, next.lastIndexOf(',"sum"')))
            .toString()
            .trimEnd();
    });
    expect(changed).not.toEqual(lines);
    await writeFile(file, `${changed.join('\n')}\n`);
    store = await folder.open({ collections });
  }

  const problemsOf = async () => (await verifyStore(store, collections)).problems;

  /** A trained, approved entry, put as it should be, or as `change` wants it. */
  async function approve(change: (entry: ReturnType<typeof rebuildEntry>) => object | null): Promise<void> {
    const at = '2026-11-20T01:00:00.000Z';
    const submitted = submitEvent({
      entryId: 1001,
      staffNo: 'E1001',
      by: 'E1001',
      at,
      facts,
      source: 'chat',
      importId: null,
    });
    const decided = decideEvent(rebuildEntry([submitted]), { type: 'approved', amend: { hours: 200 } }, 'E0003', at);
    if (!decided.ok) throw new Error(decided.reason);
    await store.transaction(causeOf('approve'), async (tx) => {
      await tx.put(hourEvents, submitted);
      await tx.put(hourEvents, decided.event);
      const entry = rebuildEntry([submitted, decided.event]);
      const changed = change(entry);
      if (changed !== null) await tx.put(hourEntries, { ...entry, ...changed });
    });
  }

  it('counts what it has looked at and finds nothing in a sound ledger', async () => {
    await approve(() => ({}));
    expect(await verifyStore(store, collections)).toEqual({ records: 3, rows: 7, entries: 1, problems: [] });
  });

  it('works while transactions go on', async () => {
    const writes = Array.from({ length: 50 }, (_, i) => addPerson(store, 10 + i));
    const report = await verifyStore(store, collections);
    await Promise.all(writes);
    expect(report.problems).toEqual([]);
    expect(await problemsOf()).toEqual([]);
  });

  it('finds a row that was changed behind the ledger’s back, field by field', async () => {
    await store.snapshot();
    await tamper(folder.snapshot, (line) => line.replace('"age":31', '"age":41'));
    expect(await problemsOf()).toEqual([{ place: 'people“1”', expected: 'age = 31', found: 'age = 41' }]);
  });

  it('finds a row that has vanished and one that came from nowhere', async () => {
    await store.snapshot();
    await tamper(folder.snapshot, (line) => line.replace('"id":2,', '"id":3,'));
    expect(await problemsOf()).toEqual([
      { place: 'people“2”', expected: '有这一行', found: '没有这一行' },
      { place: 'people“3”', expected: '没有这一行', found: '有这一行' },
    ]);
  });

  it('finds a row that does not fit its schema', async () => {
    await store.snapshot();
    await tamper(folder.snapshot, (line) => line.replace('"age":31', '"age":"x"'));
    const problems = await problemsOf();
    expect(problems[0]).toMatchObject({ place: 'people“1”', expected: '符合数据格式' });
    expect(problems[0]?.found).toContain('age');
  });

  it('finds a record that was rewritten in an old segment', async () => {
    await store.snapshot();
    await tamper(folder.segment(1), (line) => line.replace('"om_1"', '"om_9"'));
    const problems = await problemsOf();
    expect(problems).toHaveLength(1);
    expect(problems[0]?.place).toBe('审计记录第 1 条');
    expect(problems[0]?.expected).toMatch(/^本条校验码 [0-9a-f]{16}$/);
  });

  it('finds that a rewritten record with a new hash of its own no longer joins the next', async () => {
    await store.snapshot();
    await tamper(folder.segment(1), (line) => {
      const content = openLine(Buffer.from(line)) as { audit?: [number, unknown, unknown, string]; hash?: string };
      return content.audit?.[0] === 1 && content.hash !== undefined ? line.replace(content.hash, 'a'.repeat(64)) : line;
    });
    expect((await problemsOf()).map(({ place }) => place)).toEqual(['审计记录第 1 条', '审计记录第 2 条']);
  });

  it('finds that records are missing at the end', async () => {
    const shortened: Store = {
      ...({} as Store),
      read: (work) => store.read(work),
      async *auditRecords(): AsyncGenerator<AuditRecord> {
        for await (const record of store.auditRecords()) if (record.n < 2) yield record;
      },
    };
    const problems = (await verifyStore(shortened, collections)).problems;
    expect(problems.map(({ place }) => place)).toEqual(['最后一条审计记录', 'people“2”']);
  });

  it('finds an entry that is not what its events make of it', async () => {
    await approve(() => ({ hours: 900 }));
    expect(await problemsOf()).toEqual([{ place: '登记号 1001', expected: 'hours = 200', found: 'hours = 900' }]);
  });

  it('finds events without an entry, and an entry without events', async () => {
    await approve(() => null);
    await store.transaction(causeOf('alone'), async (tx) => {
      const [event] = (await tx.find(hourEvents, {})).rows;
      if (event !== undefined) await tx.put(hourEntries, { ...rebuildEntry([event]), id: 1002 });
    });
    expect((await problemsOf()).map(({ place, found }) => `${place} ${found}`)).toEqual([
      '登记号 1001 没有这一行',
      '登记号 1002 没有登记和审核经过',
    ]);
  });

  it('finds a history that cannot be', async () => {
    await approve(() => ({}));
    await store.transaction(causeOf('again'), async (tx) => {
      const event = await tx.get(hourEvents, '1001:2');
      if (event !== undefined) await tx.put(hourEvents, { ...event, seq: 3 });
    });
    expect((await problemsOf()).map(({ place }) => place)).toEqual(['登记号 1001']);
  });

  it('runs further checks over the same view', async () => {
    const check = async () => [{ place: '附件', expected: '在', found: '不在' }];
    const { problems } = await verifyStore(store, collections, { checks: [check] });
    expect(problems).toEqual([{ place: '附件', expected: '在', found: '不在' }]);
  });

  it('does not mind a field that came as undefined', async () => {
    await store.transaction(causeOf('x'), (tx) => tx.put(people, { ...personOf(5), ...JSON.parse('{}') }));
    expect(await problemsOf()).toEqual([]);
  });
});
