import { appendFile, mkdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineCollection } from '../../../src/domain/collection.ts';
import { openLine, sealLine } from '../../../src/store/lowdb/lines.ts';
import { verifyStore } from '../../../src/store/verify.ts';
import { storeTexts } from '../../../src/texts/store.ts';
import {
  addPerson,
  describeFiles,
  idsOf,
  type LedgerFolder,
  makeLedgerFolder,
  refusalOf,
} from '../../support/ledger-folder.ts';
import { causeOf, contractCollections } from '../../support/store-samples.ts';

/** A line with one thing in it changed and its sum made to fit again: what a forger would write. */
function forge(line: string, change: (content: Record<string, unknown>) => void): string {
  const content = openLine(Buffer.from(line)) as Record<string, unknown>;
  delete content['sum'];
  change(content);
  return sealLine(JSON.stringify(content).slice(0, -1)).toString();
}

async function changeLine(file: string, at: number, change: (line: string) => string): Promise<void> {
  const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
  lines[at] = change(lines.at(at) ?? '').trimEnd();
  await writeFile(file, `${lines.join('\n')}\n`);
}

describe('damage', () => {
  let folder: LedgerFolder;
  let journal: Buffer;

  /** A ledger that was killed: three transactions in a journal without a snapshot. */
  async function makeKilled(): Promise<void> {
    const store = await folder.open();
    for (const id of [1, 2, 3]) await addPerson(store, id);
    journal = await readFile(folder.segment(1));
    await store.close();
    await rm(folder.snapshot);
    await rm(folder.segment(2));
    await writeFile(folder.segment(1), journal);
  }

  beforeEach(async () => {
    folder = await makeLedgerFolder();
    await makeKilled();
  });
  afterEach(() => folder.remove());

  const reopenIds = async (warnings: unknown[] = []): Promise<number[]> => {
    const store = await folder.open({ onWarning: (...warning) => warnings.push(warning) });
    const ids = await idsOf(store);
    await addPerson(store, 99);
    expect((await verifyStore(store, contractCollections)).problems).toEqual([]);
    await store.close();
    const again = await folder.open();
    expect(await idsOf(again)).toEqual([...ids, 99]);
    await again.close();
    return ids;
  };

  describe('a line that was not written to its end', () => {
    it.each([1, 2, 20, 200, 400])('is dropped, reported, and written over (%i bytes missing)', async (missing) => {
      await truncate(folder.segment(1), journal.length - missing);
      const warnings: unknown[] = [];
      expect(await reopenIds(warnings)).toEqual([1, 2]);
      expect(warnings).toEqual([
        ['流水末尾有一行没有写完（可能断过电），该行从未确认，不计入台账', { file: folder.segment(1), line: 4 }],
      ]);
    });

    it('is dropped when it is the beginning of a group of lines', async () => {
      await appendFile(folder.segment(1), '{"line":5,"au');
      expect(await reopenIds()).toEqual([1, 2, 3]);
    });

    it('is dropped when the file system has filled its end with zeros', async () => {
      await appendFile(folder.segment(1), Buffer.alloc(5000));
      expect(await reopenIds()).toEqual([1, 2, 3]);
    });

    it('is reported to a reader, who changes nothing', async () => {
      await truncate(folder.segment(1), journal.length - 20);
      const before = await describeFiles(folder.directory);
      const warnings: unknown[] = [];
      const store = await folder.open({ readOnly: true, onWarning: (...warning) => warnings.push(warning) });
      expect(await idsOf(store)).toEqual([1, 2]);
      expect(warnings).toEqual([[storeTexts.tornLine, { file: folder.segment(1), line: 4 }]]);
      await store.close();
      expect(await describeFiles(folder.directory)).toEqual(before);
    });

    it('is no news while a bot may be writing it', async () => {
      const bot = await folder.open();
      await appendFile(folder.segment(1), '{"line":4,');
      const store = await folder.open({ readOnly: true, onWarning: () => expect.fail() });
      expect(await idsOf(store)).toEqual([1, 2, 3]);
      await bot.close();
    });
  });

  describe('a changed byte', () => {
    const positions = (length: number): number[] =>
      Array.from({ length }, (_, i) => i).filter((i) => i % 37 === 0 || i > length - 25);

    it.each([
      ['one bit', (byte: number) => byte ^ 1],
      ['a newline', (byte: number) => (byte === 10 ? 32 : 10)],
      ['a zero', () => 0],
    ] as const)('anywhere in the journal refuses the start (%s)', async (_, change) => {
      for (const at of positions(journal.length)) {
        const bytes = Buffer.from(journal);
        bytes[at] = change(bytes[at] ?? 0);
        await writeFile(folder.segment(1), bytes);
        const { fault, message } = await refusalOf(folder.open());
        expect(fault, `byte ${at}`).toBe('damaged');
        expect(message).toMatch(/000001\.jsonl”第 [1-4] 行.*restore/);
        expect(await readFile(folder.segment(1))).toEqual(bytes);
      }
    });

    it('anywhere in the snapshot refuses the start', async () => {
      await (await folder.open()).close();
      const snapshot = await readFile(folder.snapshot);
      for (const at of positions(snapshot.length)) {
        const bytes = Buffer.from(snapshot);
        bytes[at] = (bytes[at] ?? 0) ^ 1;
        await writeFile(folder.snapshot, bytes);
        const { fault, message } = await refusalOf(folder.open());
        expect(fault, `byte ${at}`).toBe('damaged');
        expect(message).toMatch(/snapshot\.jsonl”第 \d 行/);
      }
    });
  });

  describe('a snapshot', () => {
    beforeEach(async () => {
      await (await folder.open()).close();
    });

    it.each(['', 'null', 'null\n', '{}', '{}\n', '\n'])(
      'that reads %j is damage, not an empty ledger',
      async (content) => {
        await writeFile(folder.snapshot, content);
        expect((await refusalOf(folder.open())).fault).toBe('damaged');
      },
    );

    it('without its last line is damage', async () => {
      const lines = (await readFile(folder.snapshot, 'utf8')).trimEnd().split('\n');
      await writeFile(folder.snapshot, `${lines.slice(0, -1).join('\n')}\n`);
      expect((await refusalOf(folder.open())).message).toContain('不完整');
    });

    it('without one of its middle lines is damage', async () => {
      const lines = (await readFile(folder.snapshot, 'utf8')).trimEnd().split('\n');
      await writeFile(folder.snapshot, `${[lines[0], ...lines.slice(2)].join('\n')}\n`);
      expect((await refusalOf(folder.open())).message).toContain('不完整');
    });

    it('of an unknown version is refused, and says so', async () => {
      await changeLine(folder.snapshot, 0, (line) => forge(line, (header) => Object.assign(header, { schema: 2 })));
      const { fault, message } = await refusalOf(folder.open());
      expect(fault).toBe('damaged');
      expect(message).toContain('格式版本“2”');
    });

    it('that does not join the journal is refused', async () => {
      const head = { n: 3, hash: 'f'.repeat(64) };
      await changeLine(folder.snapshot, 0, (line) => forge(line, (header) => Object.assign(header, { head })));
      expect((await refusalOf(folder.open())).message).toContain('接不上');
    });

    it('that is gone is rebuilt from the whole journal, and reported', async () => {
      await rm(folder.snapshot);
      const warnings: unknown[] = [];
      expect(await reopenIds(warnings)).toEqual([1, 2, 3]);
      expect(warnings).toEqual([['没有找到快照，已根据全部流水重建当前数据', { segments: 2 }]]);
    });

    it('with a row of a collection that this program does not know is refused', async () => {
      const { fault, message } = await refusalOf(folder.open({ collections: contractCollections.slice(1) }));
      expect(fault).toBe('damaged');
      expect(message).toContain('people');
    });

    it('of an older program opens with a collection that is new', async () => {
      const schema = z.object({ id: z.string() });
      const added = defineCollection({ name: 'added', schema, key: ['id'] });
      const store = await folder.open({ collections: [...contractCollections, added] });
      await store.transaction(causeOf('new'), (tx) => tx.put(added, { id: 'x' }));
      expect(await idsOf(store)).toEqual([1, 2, 3]);
      await store.close();
    });
  });

  describe('the journal', () => {
    it('of an unknown version is refused, and says so', async () => {
      await changeLine(folder.segment(1), 0, (line) => forge(line, (header) => Object.assign(header, { schema: 7 })));
      const { fault, message } = await refusalOf(folder.open());
      expect(fault).toBe('damaged');
      expect(message).toContain('格式版本“7”');
    });

    it('without one of its middle lines is refused', async () => {
      const lines = journal.toString().trimEnd().split('\n');
      await writeFile(folder.segment(1), `${[...lines.slice(0, 2), ...lines.slice(3)].join('\n')}\n`);
      expect((await refusalOf(folder.open())).message).toContain('中间缺了内容');
    });

    it('in which a record was rewritten is refused, though its sum fits', async () => {
      await changeLine(folder.segment(1), 2, (line) => line.replace('"E1001"', '"E9999"'));
      await changeLine(folder.segment(1), 2, (line) => {
        const body = line.slice(0, line.lastIndexOf(',"sum"'));
        return sealLine(body).toString();
      });
      expect((await refusalOf(folder.open())).message).toMatch(/第 3 行.*接不上/);
    });

    it('with a missing segment is refused, whichever it is', async () => {
      for (const id of [4, 5, 6]) {
        const store = await folder.open();
        await addPerson(store, id);
        await store.close();
      }
      for (const number of [1, 2, 3, 4]) {
        const content = await readFile(folder.segment(number));
        await rm(folder.segment(number));
        const { fault, message } = await refusalOf(folder.open());
        expect(fault).toBe('damaged');
        expect(message).toContain(`00000${number}.jsonl”不见了`);
        await writeFile(folder.segment(number), content);
      }
      expect(await reopenIds()).toEqual([1, 2, 3, 4, 5, 6]);
    });

    it('whose old segment is damaged is named by verify, while the bot runs on', async () => {
      await (await folder.open()).close();
      const bytes = Buffer.from(journal);
      bytes[300] = (bytes[300] ?? 0) ^ 1;
      await writeFile(folder.segment(1), bytes);
      const store = await folder.open();
      const { problems } = await verifyStore(store, contractCollections);
      expect(problems.some(({ found }) => found.includes('000001.jsonl'))).toBe(true);
      await store.close();
    });
  });

  it('leftovers of an interrupted write are swept, other files are left alone', async () => {
    const leftovers = [`${folder.snapshot}.tmp`, `${folder.segment(2)}.tmp`, join(folder.ledger, 'blobs', '1.tmp')];
    const other = join(folder.directory, 'notes.txt');
    for (const file of [...leftovers, other]) await writeFile(file, 'x');
    await mkdir(join(folder.directory, 'restored.tmp'));
    expect(await reopenIds()).toEqual([1, 2, 3]);
    const files = Object.keys(await describeFiles(folder.directory));
    expect(files.filter((name) => name.endsWith('.tmp'))).toEqual([]);
    expect(files).toContain('notes.txt');
  });
});
