import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { collections } from '../../../src/collections.ts';
import { rosterWorkbook } from '../../../src/documents/roster-workbook.ts';
import { type Cadre, cadres } from '../../../src/domain/cadre.ts';
import { hourEntries } from '../../../src/domain/hours.ts';
import { imports } from '../../../src/domain/import.ts';
import { listAll } from '../../../src/store/store.ts';
import { verifyStore } from '../../../src/store/verify.ts';
import { openChat, type TestChat, type Window } from '../../support/chat.ts';
import { college, makeCadre, people } from '../../support/college.ts';
import { type LedgerCells, makeLedgerFile } from '../../support/ledger-file.ts';

let chat: TestChat;
let clerk: Window;
let head: Window;
beforeEach(async () => {
  chat = await openChat();
  clerk = chat.as(people.clerk);
  head = chat.as(people.head);
});
afterEach(async () => {
  expect((await verifyStore(chat.store, collections)).problems).toEqual([]);
  await chat.close();
});

async function letIn(who: Window, name: string, bytes: Uint8Array): Promise<void> {
  await who.sends({ name, size: bytes.byteLength, blob: await chat.store.blobs.put(bytes) });
  expect(await who.taps('确认导入')).toContain('已导入');
}
const letLedgerIn = async (...lines: LedgerCells[]) => letIn(clerk, '台账.xlsx', await makeLedgerFile(lines));
const letRosterIn = async (who: Window, ...more: Cadre[]) =>
  letIn(who, '名册.xlsx', await rosterWorkbook([...college, ...more], '2026-11-20T01:00:00.000Z'));

async function undo(who: Window): Promise<string> {
  await who.says('撤销导入 1001 文件用错了');
  return who.taps('确认撤销');
}
const statesOf = async () =>
  Object.fromEntries((await chat.store.read((view) => listAll(view, hourEntries))).map(({ id, state }) => [id, state]));
const person = (staffNo: string) => chat.store.read((view) => view.get(cadres, staffNo));

describe('undoing a ledger of which something was decided meanwhile', () => {
  const own = { 姓名: '赵敏', 工号: 'E0003' };

  it('leaves what was rejected, withdrawn, approved by somebody or voided, and names it', async () => {
    await letLedgerIn(own, own, own, own, {}, {});
    expect(await head.says('审核 1001 驳回 与本人无关')).toContain('驳回');
    expect(await clerk.says('撤回 1002')).toContain('撤回');
    expect(await head.says('审核 1003 通过')).toContain('通过');
    expect(await chat.as(people.archivist).says('审核 1005 作废 重复登记')).toContain('作废');
    expect(await clerk.says('撤销导入 1001')).toContain('将作废或撤回 2 条登记');
    const said = await undo(clerk);
    expect(said).toContain('已撤销：作废或撤回 2 条');
    expect(said).toContain('已另有处理，保持不变：1001、1002、1003、1005');
    expect(await statesOf()).toEqual({
      1001: 'rejected',
      1002: 'withdrawn',
      1003: 'approved',
      1004: 'withdrawn',
      1005: 'voided',
      1006: 'voided',
    });
  });

  it('leaves what was approved with other hours, and what was returned and corrected', async () => {
    await letLedgerIn(own, own, own);
    expect(await head.says('审核 1001 改 2学时')).toContain('2 学时');
    expect(await head.says('审核 1002 退回 请补充证明材料')).toContain('退回');
    expect(await head.says('审核 1003 退回 请补充证明材料')).toContain('退回');
    await clerk.says('修改 1003');
    await clerk.submits({
      title: '专题培训3',
      content: 'party-spirit',
      amount: '3',
      from: '2026-03-03',
      proof: '签到表',
    });
    await clerk.taps('确认');
    const before = await statesOf();
    expect(before).toEqual({ 1001: 'approved', 1002: 'returned', 1003: 'submitted' });
    expect(await undo(head)).toContain('已另有处理，保持不变：1001、1002、1003');
    expect(await statesOf()).toEqual(before);
  });

  it('is rejected by whoever undoes the importer’s own that wait', async () => {
    await letLedgerIn(own, {});
    expect(await undo(head)).toContain('作废或撤回 2 条');
    expect(await statesOf()).toEqual({ 1001: 'rejected', 1002: 'voided' });
    expect(clerk.last()).toContain('“台账.xlsx”（编号 1001）已撤销');
  });

  it('goes on where it was when it has come to grief, and counts what was undone before', async () => {
    await letLedgerIn({}, {}, {});
    expect(await undo(head)).toContain('作废或撤回 3 条');
    const undone = await chat.store.read((view) => view.get(imports, 1001));
    if (undone?.undo == null) throw new Error('not undone');
    const failed = { ...undone, state: 'failed', undo: { ...undone.undo, undone: 3 } } as const;
    await chat.write((tx) => tx.put(imports, failed));
    chat.clock.pass(10);
    expect(await head.says('导入 1001')).toContain('没有办完：机器人出了错，已记入日志。已撤销 3 条，请稍后再发送');
    expect(await head.says('撤销导入 1001')).toContain('将作废或撤回 0 条登记');
    const said = await undo(head);
    expect(said).toContain('已撤销：作废或撤回 3 条');
    expect(said).not.toContain('已另有处理');
  });
});

describe('undoing a roster that added people who are referred to meanwhile', () => {
  const newcomer = makeCadre({ staffNo: 'E0999', name: '钱进', unit: '教务处', roles: [] });

  it('keeps whoever has a training as 离任, and removes whoever has none', async () => {
    await letRosterIn(clerk, newcomer, makeCadre({ ...newcomer, staffNo: 'E0998', name: '马跃' }));
    expect(await chat.as(newcomer).says('登记 2学时 党性教育 2026-11-19 《专题党课》 确认')).toContain('登记号');
    expect(await undo(clerk)).toContain('已撤销：恢复 2 人');
    expect(await person('E0998')).toBeUndefined();
    expect(await person('E0999')).toMatchObject({ name: '钱进', state: 'left' });
    expect(await statesOf()).toEqual({ 1001: 'submitted' });
    expect(await chat.as(newcomer).says('进度')).not.toContain('本周期已认定');
  });

  it('keeps the head of a unit as 离任, by the archivist alone', async () => {
    const archivist = chat.as(people.archivist);
    await letRosterIn(archivist, { ...newcomer, roles: ['unit-head'] });
    expect(await head.says('撤销导入 1001 名册拿错了')).toContain('涉及角色，须由档案管理员办理：E0999');
    expect(await head.taps('取消')).toContain('没有作任何改动');
    expect(await undo(archivist)).toContain('已撤销：恢复 1 人');
    expect(await person('E0999')).toMatchObject({ state: 'left', roles: ['unit-head'] });
  });

  it('puts back whoever was changed, and leaves whoever was changed again', async () => {
    const [moved, again] = [people.cadre, people.namesake].map((cadre) => ({ ...cadre, position: '调研员' }));
    if (moved === undefined || again === undefined) throw new Error('nobody');
    const rest = college.filter(({ staffNo }) => staffNo !== moved.staffNo && staffNo !== again.staffNo);
    await letIn(clerk, '名册.xlsx', await rosterWorkbook([...rest, moved, again], '2026-11-20T01:00:00.000Z'));
    expect(await chat.as(people.archivist).says('干部 E0012 单位 后勤处')).toContain('后勤处');
    await chat.as(people.archivist).taps('确认');
    expect(await undo(clerk)).toContain('导入后又有改动，保持不变：E0012');
    expect((await person('E0011'))?.position).toBe('副处长');
    expect(await person('E0012')).toMatchObject({ position: '调研员', unit: '后勤处' });
  });
});
