import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bulletins } from '../../src/domain/bulletin.ts';
import type { AnyCollection } from '../../src/domain/collection.ts';
import { decideEvent, rebuildEntry, submitEvent } from '../../src/domain/entry-life.ts';
import { type HourFacts, hourEntries, hourEvents } from '../../src/domain/hours.ts';
import { openLine, sealLine } from '../../src/store/lowdb/lines.ts';
import type { AuditRecord, Store } from '../../src/store/store.ts';
import { verifyStore } from '../../src/store/verify.ts';
import { policy } from '../domain/build.ts';
import { bulletinFigures } from '../support/bulletin-figures.ts';
import { addPerson, type LedgerFolder, makeLedgerFolder } from '../support/ledger-folder.ts';
import { causeOf, contractCollections, letters, people, personOf } from '../support/store-samples.ts';

const collections: readonly AnyCollection[] = [...contractCollections, hourEntries, hourEvents, bulletins];

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
      await tx.nextNumber('hour-entries');
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
      await tx.nextNumber('hour-entries');
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

  it('finds a sequence that would give out a number again', async () => {
    await approve(() => ({}));
    await store.snapshot();
    await tamper(folder.snapshot, (line) => line.replace('"numbers":{"hour-entries":1001}', '"numbers":{}'));
    expect(await problemsOf()).toEqual([
      { place: '编号序列“hour-entries”', expected: '不小于已用的编号 1001', found: '编号 1000' },
    ]);
  });

  describe('with blobs', () => {
    let path: string;
    beforeEach(async () => {
      const blob = await store.blobs.put(Buffer.from('体会'));
      path = join(folder.ledger, 'blobs', blob.slice(0, 2), blob.slice(2));
      await store.transaction(causeOf('letter'), async (tx) => {
        await tx.put(letters, { id: await tx.nextNumber('letters'), blobs: [blob] });
      });
      expect(await problemsOf()).toEqual([]);
    });

    it.each([
      ['changed', (file: string) => writeFile(file, '别的'), '附件内容与其校验码不符'],
      ['gone', (file: string) => rm(file), '附件不见了'],
    ])('finds one that is %s, and the row that names it', async (_, harm, found) => {
      await harm(path);
      const expected = expect.stringMatching(/^附件 [0-9a-f]{16} 完好$/);
      expect(await problemsOf()).toEqual([{ place: 'letters“1001”', expected, found }]);
    });

    it('passes on that the disk cannot be read', async () => {
      await rm(path);
      await mkdir(path);
      await expect(problemsOf()).rejects.toThrow('EISDIR');
    });
  });

  describe('with bulletins', () => {
    const month = '2026-10';
    const figures = bulletinFigures({ month, cadres: [], entries: [], reflections: [], policy, asOf: '2026-11-02' });
    const at = '2026-11-02T02:00:00.000Z';
    const issued = { month, state: 'released', figures, createdAt: at, releasedAt: at, releasedBy: 'E0003' } as const;
    const issue = (printed: { auditN: number; auditHash16: string }): Promise<void> =>
      store.transaction(causeOf('bulletin'), (tx) => tx.put(bulletins, { ...issued, ...printed }));
    const head = async () => {
      const { n, hash } = await store.read((view) => view.auditHead());
      return { auditN: n, auditHash16: hash.slice(0, 16) };
    };

    it('compares the head that is printed with the chain', async () => {
      await issue(await head());
      expect(await problemsOf()).toEqual([]);
      await issue({ ...(await head()), auditN: 1 });
      expect(await problemsOf()).toEqual([
        {
          place: '2026-10 月度通报所印的审计记录第 1 条',
          expected: expect.stringMatching(/^本条校验码 [0-9a-f]{16}$/),
          found: `本条校验码 ${(await recordAt(3)).slice(0, 16)}`,
        },
      ]);
      await issue({ ...(await head()), auditN: 9 });
      expect((await problemsOf())[0]?.expected).toBe('本条校验码 （没有这一条）');
    });

    it('knows the head of an empty chain', async () => {
      await issue({ auditN: 0, auditHash16: '0'.repeat(16) });
      expect(await problemsOf()).toEqual([]);
    });

    const recordAt = async (n: number): Promise<string> => {
      for await (const { hash } of store.auditRecords(n)) return hash;
      throw new Error('no such record');
    };
  });

  it('does not mind a field that came as undefined', async () => {
    await store.transaction(causeOf('x'), (tx) => tx.put(people, { ...personOf(5), ...JSON.parse('{}') }));
    expect(await problemsOf()).toEqual([]);
  });
});
