import { afterEach, beforeEach, expect, it } from 'vitest';
import { carryOut } from '../../../src/bot/importing/carry-out.ts';
import type { Step } from '../../../src/bot/importing/importer.ts';
import { ledgerLayout } from '../../../src/documents/ledger-workbook.ts';
import { writeWorkbook } from '../../../src/documents/write-workbook.ts';
import { addDays } from '../../../src/domain/day.ts';
import { hourEntries } from '../../../src/domain/hours.ts';
import { type Import, imports } from '../../../src/domain/import.ts';
import { outbox } from '../../../src/messenger/outbox.ts';
import { listAll } from '../../../src/store/store.ts';
import { openChat, type TestChat } from '../../support/chat.ts';
import { people } from '../../support/college.ts';

let chat: TestChat;
beforeEach(async () => {
  chat = await openChat();
});
afterEach(() => chat.close());

const confirmed = async (rows: number): Promise<Import> => {
  const cells = (index: number): Record<string, string | number> => ({
    姓名: '王芳',
    工号: 'E0011',
    培训名称: `第${index}讲`,
    内容: '党性教育',
    起止日期: addDays('2024-01-01', index * 3),
    学时: 4,
  });
  const sheet = {
    name: '台账',
    title: '台账',
    columns: ledgerLayout,
    rows: Array.from({ length: rows }, (_, index) => ledgerLayout.map(({ name }) => cells(index)[name] ?? null)),
  };
  const bytes = await writeWorkbook([sheet], '2026-11-20T01:00:00.000Z');
  const blob = await chat.store.blobs.put(bytes);
  const counts = { total: rows, added: 0, updated: 0, same: 0, waiting: 0, faulty: 0 };
  const row: Import = {
    id: 1001,
    subject: 'ledger',
    fileName: '台账.xlsx',
    blob,
    importId: `${blob.slice(0, 16)}-1001`,
    by: people.clerk.staffNo,
    messenger: 'simulator',
    confirmedAt: chat.clock.now(),
    assignsRoles: false,
    state: 'confirmed',
    preview: { ...counts, added: rows },
    counts,
    done: 0,
    due: 0,
    finishedAt: null,
    undo: null,
  };
  await chat.write((tx) => tx.put(imports, row));
  return row;
};

it('goes on after a crash where it was, and neither loses nor doubles a row', async () => {
  const row = await confirmed(180);
  const log = { error: (fields: object) => expect.fail(JSON.stringify(fields)) };
  const parts = { store: chat.store, policies: chat.policies, clock: chat.clock, log, wake: () => {} };
  let steps = 0;
  const dying: Step = (change) => {
    steps += 1;
    if (steps > 2) throw new Error('killed');
    const cause = { actor: row.by, via: 'job', what: '导入', ref: 'import:1001', at: chat.clock.now() } as const;
    return chat.store.transaction(cause, async (tx) => change(tx, (await tx.get(imports, row.id)) ?? row));
  };
  await expect(carryOut(parts, row, dying)).rejects.toThrow('killed');
  expect(await chat.store.read((view) => view.get(imports, 1001))).toMatchObject({ state: 'running', done: 100 });

  await chat.reopen();
  expect(await chat.as(people.clerk).says('导入')).toContain('新增 180 条');
  const entries = await chat.store.read((view) => listAll(view, hourEntries));
  expect(new Set(entries.map(({ title }) => title)).size).toBe(180);
  expect(entries).toHaveLength(180);
  const done = await chat.store.read((view) => view.get(imports, 1001));
  expect(done).toMatchObject({ state: 'done', done: 180, counts: { total: 180, added: 180, same: 0, faulty: 0 } });
  const told = (await chat.store.read((view) => listAll(view, outbox))).filter(({ key }) => key.startsWith('import:'));
  expect(told.map(({ target }) => target)).toEqual([people.clerk.staffNo]);
});
