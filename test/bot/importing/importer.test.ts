import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { carryOut } from '../../../src/bot/importing/carry-out.ts';
import { confirmImport } from '../../../src/bot/importing/confirm.ts';
import { createImporter, type Step, stepsOn } from '../../../src/bot/importing/importer.ts';
import { undo } from '../../../src/bot/importing/undo.ts';
import { collections } from '../../../src/collections.ts';
import { rosterWorkbook } from '../../../src/documents/roster-workbook.ts';
import { cadres } from '../../../src/domain/cadre.ts';
import { addDays } from '../../../src/domain/day.ts';
import { hourEntries } from '../../../src/domain/hours.ts';
import { type Import, imports } from '../../../src/domain/import.ts';
import { outbox } from '../../../src/messenger/outbox.ts';
import { openLowdbStore } from '../../../src/store/lowdb/open.ts';
import { listAll, type Store } from '../../../src/store/store.ts';
import { verifyStore } from '../../../src/store/verify.ts';
import { openChat, type TestChat } from '../../support/chat.ts';
import { college, makeCadre, people } from '../../support/college.ts';
import { createFaultyDisk, type FaultyDisk } from '../../support/faulty-disk.ts';
import { makeLedgerFile } from '../../support/ledger-file.ts';

const at = '2026-11-20T01:00:00.000Z';
const clock = { now: () => at };
const { clerk, head } = people;
const file = await makeLedgerFile(
  Array.from({ length: 180 }, (_, i) => ({ 培训名称: `第${i}讲`, 起止日期: addDays('2024-01-01', i * 3) })),
);

/** As the clerk has confirmed it. */
async function confirmed(store: Store, bytes = file): Promise<Import> {
  const counts = { total: 180, added: 180, updated: 0, same: 0, waiting: 0, faulty: 0 };
  const draft = { subject: 'ledger', fileName: '台账.xlsx', blob: await store.blobs.put(bytes), counts } as const;
  const who = { by: clerk.staffNo, messenger: 'simulator', assignsRoles: false };
  const cause = { actor: clerk.staffNo, via: 'cli', what: 'test', ref: '', at } as const;
  return store.transaction(cause, (tx) => confirmImport(tx, draft, who));
}

const asUndoing = (done: Import, by: string): Import => ({
  ...done,
  state: 'undoing',
  done: 0,
  due: 0,
  undo: { by, at, reason: '文件用错了', undone: 0, left: [] },
});

const rowOf = (store: Store) => store.read((view) => view.get(imports, 1001));
const titlesOf = (store: Store) =>
  store.read(async (view) => (await listAll(view, hourEntries)).map(({ title }) => title));
const toldOf = async (store: Store) =>
  (await store.read((view) => listAll(view, outbox))).filter(({ key }) => key.startsWith('import:'));

describe('an import or its undoing that is cut short', () => {
  let chat: TestChat;
  beforeEach(async () => {
    chat = await openChat();
  });
  afterEach(() => chat.close());

  const parts = () => {
    const log = { error: (fields: object) => expect.fail(JSON.stringify(fields)) };
    return { store: chat.store, policies: chat.policies, clock, log, wake: () => {} };
  };
  /** Dies after so many steps. */
  function dying(row: Import, most: number): Step {
    const cause = { actor: row.by, via: 'job', what: '导入', ref: 'import:1001', at } as const;
    const take = stepsOn(chat.store, row.id, () => cause);
    let steps = 0;
    return (change) => {
      steps += 1;
      if (steps > most) throw new Error('killed');
      return take(change);
    };
  }
  const cutShort = async (row: Import) => {
    await expect(carryOut(parts(), row, dying(row, 1))).rejects.toThrow('killed');
    const now = await rowOf(chat.store);
    expect(now?.state).toBe('running');
    const written = (await titlesOf(chat.store)).length;
    expect([written > 0, written < 180, now?.done, now?.counts.added]).toEqual([true, true, written, written]);
    return written;
  };

  it('goes on after a crash where it was, and neither loses nor doubles a row', async () => {
    await cutShort(await confirmed(chat.store));
    await chat.reopen();
    expect(await chat.as(clerk).says('导入')).toContain('新增 180 条');
    const titles = await titlesOf(chat.store);
    expect([titles.length, new Set(titles).size]).toEqual([180, 180]);
    const counts = { total: 180, added: 180, same: 0, faulty: 0 };
    expect(await rowOf(chat.store)).toMatchObject({ state: 'done', done: 180, counts });
    expect((await toldOf(chat.store)).map(({ target }) => target)).toEqual([clerk.staffNo]);
  });

  it('is undone from where a crash has left it, and counts every entry once', async () => {
    await confirmed(chat.store);
    await chat.reopen();
    await chat.as(clerk).says('待办');
    const done = await rowOf(chat.store);
    if (done?.state !== 'done') throw new Error('not done');
    const undoing = asUndoing(done, head.staffNo);
    await chat.write((tx) => tx.put(imports, undoing));
    await expect(undo(parts(), undoing, dying(undoing, 2))).rejects.toThrow('killed');
    const half = (await rowOf(chat.store))?.undo?.undone ?? 0;
    expect([half > 0, half < 180]).toEqual([true, true]);
    await chat.reopen();
    expect(await chat.as(head).says('待办')).toContain('作废或撤回 180 条');
    expect(await rowOf(chat.store)).toMatchObject({ state: 'undone', undo: { undone: 180, left: [] } });
    const told = (await toldOf(chat.store)).filter(({ key }) => key.includes(':undone:'));
    expect(told.map(({ target }) => target).toSorted()).toEqual([head.staffNo, clerk.staffNo]);
  });

  it('puts everybody of a roster back once, though a crash has cut it short', async () => {
    const newcomers = Array.from({ length: 120 }, (_, i) => makeCadre({ staffNo: `N${1000 + i}`, name: `新人${i}` }));
    const changed = college.map((cadre) => ({ ...cadre, position: '调研员' }));
    const bytes = await rosterWorkbook([...changed, ...newcomers], at);
    const archivist = chat.as(people.archivist);
    await archivist.sends({ name: '名册.xlsx', size: bytes.byteLength, blob: await chat.store.blobs.put(bytes) });
    expect(await archivist.taps('确认导入')).toContain('新增 120 人，更新 8 人');
    const done = await rowOf(chat.store);
    if (done === undefined) throw new Error('not imported');
    const undoing = asUndoing(done, people.archivist.staffNo);
    await chat.write((tx) => tx.put(imports, undoing));
    await expect(undo(parts(), undoing, dying(undoing, 2))).rejects.toThrow('killed');
    const half = (await rowOf(chat.store))?.undo?.undone ?? 0;
    expect([half > 0, half < 128]).toEqual([true, true]);
    await chat.reopen();
    expect(await archivist.says('待办')).toContain('已撤销：恢复 128 人');
    const now = await chat.store.read((view) => listAll(view, cadres));
    expect(now.map((cadre) => ({ ...cadre, updatedAt: at }))).toEqual(college);
  });

  it('says that the file is gone, what was written before, and how to go on: the file again, or undoing', async () => {
    const row = await confirmed(chat.store);
    const written = await cutShort(row);
    await chat.store.blobs.remove(row.blob);
    await chat.reopen();
    const window = chat.as(clerk);
    expect(await window.says('待办')).toContain(
      `“台账.xlsx”（编号 1001）没有导入完：文件“台账.xlsx”没有收全，请重新发送。已写入 ${written} 条，重新发送文件即可接着导入，已导入的行不会重复。`,
    );
    expect(await rowOf(chat.store)).toMatchObject({ state: 'failed', done: written });
    expect(await window.says('导入')).toContain('【撤销导入 1001】');

    await window.sends({ name: '台账.xlsx', size: file.byteLength, blob: await chat.store.blobs.put(file) });
    expect(await window.taps('确认导入')).toContain(
      `（编号 1002）已导入：新增 ${180 - written} 条，相同 ${written} 条`,
    );
    expect(new Set(await titlesOf(chat.store)).size).toBe(180);

    await window.says('撤销导入 1001 文件用错了');
    expect(await window.taps('确认撤销')).toContain(`已撤销：作废或撤回 ${written} 条`);
  });

  it('says what is wrong with a file that cannot be read any more, and that nothing was written', async () => {
    await confirmed(chat.store, Buffer.from('PK\u0003\u0004 and nothing'));
    await chat.reopen();
    const window = chat.as(clerk);
    const said = await window.says('待办');
    expect(said).toContain(
      '没有导入完：文件已损坏或不完整，请用 Office 或 WPS 打开，另存一份后再试。还没有写入任何内容',
    );
    expect(said).not.toContain('【撤销导入】');
    expect(await titlesOf(chat.store)).toEqual([]);
    // Nothing tries it again.
    await chat.reopen();
    await window.says('待办');
    expect(await toldOf(chat.store)).toHaveLength(1);
  });
});

describe('an import on a disk that is full', () => {
  let directory: string;
  let faulty: FaultyDisk;
  let store: Store;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'xueshibu-importer-'));
    faulty = createFaultyDisk();
    store = await openLowdbStore({ directory, collections, disk: faulty.disk });
  });
  afterEach(async () => {
    await store.close();
    await rm(directory, { recursive: true });
  });

  it('stands still without an end, and goes on by itself when there is room', async () => {
    const chat = await openChat();
    const stops: string[] = [];
    const log = { error: (_: object, message: string) => stops.push(message) };
    const importer = createImporter({ store, policies: chat.policies, clock, log, wake: () => {} });
    await store.transaction({ actor: 'system', via: 'cli', what: 'test', ref: '', at }, async (tx) => {
      for (const person of college) await tx.put(cadres, person);
    });
    await confirmed(store);
    let room = 1;
    faulty.decide = (operation) => {
      if (operation === 'write') room -= 1;
      return operation === 'write' && room < 0 ? 'ENOSPC' : 'ok';
    };
    for (let i = 0; i < 2; i += 1) {
      importer.wake();
      await importer.settled();
    }
    expect(stops).toEqual(['importer stopped', 'importer stopped']);

    faulty.decide = () => 'ok';
    const half = await rowOf(store);
    expect(half?.state).toBe('running');
    expect(half?.done).toBe((await titlesOf(store)).length);
    expect([(half?.done ?? 0) > 0, (half?.done ?? 0) < 180]).toEqual([true, true]);
    expect(await toldOf(store)).toEqual([]);

    importer.wake();
    await importer.settled();
    const titles = await titlesOf(store);
    expect([titles.length, new Set(titles).size]).toEqual([180, 180]);
    expect(await rowOf(store)).toMatchObject({ state: 'done', done: 180, counts: { added: 180, same: 0, faulty: 0 } });
    expect(await toldOf(store)).toHaveLength(1);
    expect((await verifyStore(store, collections)).problems).toEqual([]);
    await importer.stop();
    await chat.close();
  });
});
