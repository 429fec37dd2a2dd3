import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDocumentRenderer } from '../../src/bot/rendering.ts';
import { collections } from '../../src/collections.ts';
import { ledgerWorkbook } from '../../src/documents/ledger-workbook.ts';
import { rosterWorkbook } from '../../src/documents/roster-workbook.ts';
import { readWorkbook } from '../../src/documents/workbook.ts';
import { writeWorkbook } from '../../src/documents/write-workbook.ts';
import { cadres } from '../../src/domain/cadre.ts';
import { hourEntries } from '../../src/domain/hours.ts';
import { imports } from '../../src/domain/import.ts';
import { outbox } from '../../src/messenger/outbox.ts';
import { listAll } from '../../src/store/store.ts';
import { verifyStore } from '../../src/store/verify.ts';
import { openChat, type TestChat } from '../support/chat.ts';
import { college, makeCadre, people } from '../support/college.ts';
import { type LedgerCells, makeLedgerFile } from '../support/ledger-file.ts';

const at = '2026-11-20T01:00:00.000Z';

let chat: TestChat;
beforeEach(async () => {
  chat = await openChat();
});
afterEach(() => chat.close());

const upload = async (name: string, bytes: Uint8Array) => ({
  name,
  size: bytes.byteLength,
  blob: await chat.store.blobs.put(bytes),
});

/** A ledger of 2026 with one row for each line. */
const ledger = async (...lines: LedgerCells[]) => upload('台账.xlsx', await makeLedgerFile(lines));

const roster = async (...changed: Parameters<typeof rosterWorkbook>[0][number][]) =>
  upload('名册.xlsx', await rosterWorkbook([...college, ...changed], at));

const entries = () => chat.store.read((view) => listAll(view, hourEntries));
const isSound = async () => (await verifyStore(chat.store, collections)).problems;

describe('a ledger sent in private chat', () => {
  it.each(['clerk', 'head', 'archivist'] as const)('is shown first and goes in when the %s confirms', async (who) => {
    const window = chat.as(people[who]);
    const preview = await window.sends(await ledger({}, { 学时: '两天' }, {}));
    expect(preview).toContain('“台账.xlsx”是学时台账，共 3 行。确认后新增 2 条，现在还没有写入');
    expect(preview).toContain('工作表“2026年”第 4 行“学时”列：写的是“两天”');
    expect(await entries()).toEqual([]);
    const started = await window.taps('确认导入');
    expect(started).toContain('（编号 1001）已导入：新增 2 条，相同 0 条，有误 1 行没有导入');
    expect((await entries()).map(({ state, importId }) => [state, importId?.endsWith('-1001')])).toEqual([
      ['approved', true],
      ['approved', true],
    ]);
    const row = await chat.store.read((view) => view.get(imports, 1001));
    expect(row).toMatchObject({ state: 'done', by: people[who].staffNo, done: 2, due: 2 });
    expect(await chat.store.blobs.get(row?.blob ?? '')).toBeDefined();
    expect(await isSound()).toEqual([]);
  });

  it('adds nothing a second time', async () => {
    const clerk = chat.as(people.clerk);
    const file = await ledger({}, {});
    await clerk.sends(file);
    await clerk.taps('确认导入');
    const again = await clerk.sends(file);
    expect(again).toContain('没有可导入的内容');
    expect(again).not.toContain('【确认导入】');
  });

  it('leaves the importer’s own rows to somebody else', async () => {
    const clerk = chat.as(people.clerk);
    expect(await clerk.sends(await ledger({ 姓名: '赵敏', 工号: 'E0003' }))).toContain('须他人审核');
    expect(await clerk.taps('确认导入')).toContain('其中 1 条是导入人本人的');
    expect((await entries())[0]?.state).toBe('submitted');
  });

  it('comes back as a file of faulty rows when a card cannot show them all', async () => {
    const clerk = chat.as(people.clerk);
    const faulty = Array.from({ length: 7 }, () => ({ 学时: '两天' }));
    expect(await clerk.sends(await ledger(...faulty, {}))).toContain('有误的 7 行，原因写在“问题”列');
    const rows = await chat.store.read((view) => listAll(view, outbox));
    const key = rows.find((row) => row.key.startsWith('faulty-rows'))?.key ?? '';
    const render = createDocumentRenderer({ store: chat.store, policies: chat.policies, clock: chat.clock });
    const { blob } = await ledger(...faulty, {});
    const by = people.clerk.staffNo;
    const made = await render({
      type: 'document',
      document: 'faulty-rows',
      name: key,
      caption: '',
      args: { blob, by },
    });
    const bytes = made.type === 'file' ? await chat.store.blobs.get(made.blob) : undefined;
    const [sheet] = await readWorkbook(bytes ?? new Uint8Array());
    expect(sheet?.name).toBe('2026年');
    expect(sheet?.rows[1]?.at(-1)).toBe('问题');
    expect(sheet?.rows.slice(2)).toHaveLength(7);
    expect(sheet?.rows[2]?.at(-1)).toContain('写的是“两天”');
  });

  it('is planned again when it is confirmed, and says what is different', async () => {
    const clerk = chat.as(people.clerk);
    await clerk.sends(await ledger({}, { 姓名: '王芳', 工号: 'E0012' }));
    await chat.write((tx) => tx.remove(cadres, 'E0012'));
    const said = await clerk.taps('确认导入');
    expect(said).toContain('新增 1 条，相同 0 条，有误 1 行没有导入');
    expect(said).toContain('与预览不同（预览时：新增 2 条');
  });

  it('is not written when the sender has lost the role meanwhile', async () => {
    const clerk = chat.as(people.clerk);
    await clerk.sends(await ledger({}));
    await chat.write((tx) => tx.put(cadres, { ...people.clerk, roles: [] }));
    expect(await clerk.taps('确认导入')).toContain('您的角色没有这项权限');
    expect(await entries()).toEqual([]);
  });

  it('makes the card of the file before it old', async () => {
    const clerk = chat.as(people.clerk);
    await clerk.sends(await ledger({}));
    const old = clerk.button('确认导入')?.press;
    await clerk.sends(await ledger({}, {}));
    expect(await clerk.presses(old)).toContain('已被新的草稿代替');
    expect(await entries()).toEqual([]);
    expect(await clerk.taps('取消')).toContain('没有作任何改动');
  });

  it('takes nothing from a forged button', async () => {
    const { blob } = await ledger({});
    const forged = { command: '导入', args: { confirmed: true, draft: 1001, blob, fileName: 'x', subject: 'ledger' } };
    await chat.as(people.clerk).presses(forged);
    expect(await entries()).toEqual([]);
  });

  it('may be imported by two people at once: each row goes in once', async () => {
    const [clerk, head] = [chat.as(people.clerk), chat.as(people.head)];
    const file = await ledger({}, {}, {});
    await clerk.sends(file);
    await head.sends(file);
    await Promise.all([clerk.taps('确认导入'), head.taps('确认导入')]);
    expect(await entries()).toHaveLength(3);
  });
});

describe('a roster sent in private chat', () => {
  const newcomer = makeCadre({ staffNo: 'E0999', name: '钱进', unit: '教务处', roles: ['clerk'] });

  it('assigns roles only when an archivist confirms it', async () => {
    const clerk = chat.as(people.clerk);
    expect(await clerk.sends(await roster(newcomer))).toContain('新增 1 人、更新 0 人');
    await clerk.taps('确认导入');
    expect((await chat.store.read((view) => view.get(cadres, 'E0999')))?.roles).toEqual([]);
    const archivist = chat.as(people.archivist);
    expect(await archivist.sends(await roster(newcomer))).toContain('新增 0 人、更新 1 人');
    await archivist.taps('确认导入');
    expect((await chat.store.read((view) => view.get(cadres, 'E0999')))?.roles).toEqual(['clerk']);
  });

  it('is undone: who was added and is not referred to goes again', async () => {
    const clerk = chat.as(people.clerk);
    await clerk.sends(await roster({ ...newcomer, roles: [] }));
    await clerk.taps('确认导入');
    await clerk.says('撤销导入 1001 名册拿错了');
    expect(await clerk.taps('确认撤销')).toContain('已撤销：恢复 1 人。原因：名册拿错了');
    expect(await chat.store.read((view) => view.get(cadres, 'E0999'))).toBeUndefined();
    expect(await isSound()).toEqual([]);
  });

  it('is undone but for whom somebody has changed since', async () => {
    const clerk = chat.as(people.clerk);
    await clerk.sends(await roster({ ...newcomer, roles: [] }));
    await clerk.taps('确认导入');
    await chat.write((tx) => tx.put(cadres, { ...newcomer, position: '处长' }));
    expect(await clerk.says('撤销导入 1001 名册拿错了')).toContain('导入后又有改动，保持不变：E0999');
    await clerk.taps('确认撤销');
    expect((await chat.store.read((view) => view.get(cadres, 'E0999')))?.position).toBe('处长');
  });
});

describe('undoing a ledger import', () => {
  it('voids what is approved, with the reason, and names the undoing person’s own', async () => {
    const head = chat.as(people.head);
    await chat.as(people.clerk).sends(await ledger({}, { 姓名: '沈建国', 工号: 'E0002' }, {}));
    await chat.as(people.clerk).taps('确认导入');
    await head.says('导入');
    expect(await head.taps('撤销导入 1001')).toContain('将作废或撤回 2 条登记');
    expect(await head.submits({ reason: '文件用错了' })).toContain('撤销原因：文件用错了');
    const said = await head.taps('确认撤销');
    expect(said).toContain('已撤销：作废或撤回 2 条。原因：文件用错了');
    expect(said).toContain('是您本人的登记，须由他人作废：1002');
    expect((await entries()).map(({ state }) => state)).toEqual(['voided', 'approved', 'voided']);
    expect(await head.says('撤销导入 1001 再来')).toContain('已撤销，现在不能撤销');
    expect(await isSound()).toEqual([]);
  });

  it('is for who did it, the department head and the archivist', async () => {
    await chat.as(people.head).sends(await ledger({}));
    await chat.as(people.head).taps('确认导入');
    expect(await chat.as(people.clerk).says('撤销导入 1001 错了')).toContain('由他人办理');
    expect(await chat.as(people.archivist).says('撤销导入 1001 错了')).toContain('将作废或撤回 1 条');
    expect(await chat.as(people.cadre).says('撤销导入 1001 错了')).toContain('您的角色没有这项权限');
    expect(await chat.inGroup(people.head).says('撤销导入 1001 错了')).toContain('私聊');
  });

  it('says which one is meant, and which one there is not', async () => {
    expect(await chat.as(people.clerk).says('撤销导入')).toContain('请写明要撤销哪一次导入');
    expect(await chat.as(people.clerk).says('撤销导入 4711')).toContain('没有编号为 4711 的导入');
  });
});

describe('who may not, and what is no such file', () => {
  it.each(['cadre', 'unitHead'] as const)('is refused unopened from a %s', async (who) => {
    expect(await chat.as(people[who]).sends(await ledger({}))).toContain('您的角色没有这项权限');
    expect(await chat.as(people[who]).says('导入')).toContain('您的角色没有这项权限');
    expect(await chat.as(people[who]).says('导出 台账')).toContain('您的角色没有这项权限');
  });

  it('is not answered in a group', async () => {
    expect(await chat.inGroup(people.clerk).sends(await ledger({}))).toContain(
      '群里不接收文件，请在与学时簿的私聊中发送',
    );
    expect(await chat.inGroup(people.clerk).says('导出 名册')).toContain('私聊');
  });

  it('does not know a stranger', async () => {
    expect(await chat.as('nobody').sends(await ledger({}))).toContain('名册里还没有');
  });

  it('says what a workbook is that is neither roster nor ledger', async () => {
    const columns = [
      { name: '物品', width: 10 },
      { name: '数量', width: 10 },
      { name: '单价', width: 10 },
    ];
    const bytes = await writeWorkbook([{ name: '清单', title: '采购清单', columns, rows: [['纸', 2, 3]] }], at);
    const said = await chat.as(people.clerk).sends(await upload('a.xlsx', bytes));
    expect(said).toContain('没有看出这是什么表：文件开头写的是“采购清单、物品、数量、单价、纸”');
  });

  it.each([
    ['..\\up/坏.xlsx', Buffer.from('PK\u0003\u0004 and nothing'), '文件“坏.xlsx”没有导入：'],
    ['旧.xls', Buffer.from('d0cf11e0a1b11ae1', 'hex'), '另存为 .xlsx'],
    ['文.xlsx', Buffer.from('%PDF-1.7'), '这是 PDF 文件'],
    ['空.xlsx', Buffer.alloc(0), '文件是空的'],
    ['大.xlsx', Buffer.alloc(25 * 1024 * 1024), '文件超过 20 MB'],
    ['表.csv', Buffer.from('姓名,工号'), '这是文本（或 CSV）文件'],
  ])('refuses %s in a sentence', async (name, bytes, sentence) => {
    expect(await chat.as(people.clerk).sends(await upload(name, bytes))).toContain(sentence);
  });

  it('explains itself when nothing was imported yet', async () => {
    expect(await chat.as(people.archivist).says('导入')).toContain('还没有导入过文件');
  });
});

describe('导出', () => {
  const render = async (said: string) => {
    const clerk = chat.as(people.clerk);
    const caption = await clerk.says(said);
    const rows = await chat.store.read((view) => listAll(view, outbox));
    return { caption, rows };
  };

  it('offers what there is', async () => {
    expect(await chat.as(people.clerk).says('导出')).toContain(
      '【本年台账】 【本周期台账】 【全部台账】 【名册】 【逾期】',
    );
    expect(await chat.as(people.clerk).taps('名册')).toContain('的干部名册：8 人');
  });

  it('narrows the ledger by year, cycle, unit and name', async () => {
    const clerk = chat.as(people.clerk);
    await clerk.sends(await ledger({}, { 姓名: '李䶮', 工号: 'E0013' }));
    await clerk.taps('确认导入');
    expect((await render('导出 台账')).caption).toContain('已认定 2 条');
    expect((await render('导出 台账 2026 教务处')).caption).toContain('（2026年 教务处）：已认定 1 条');
    expect((await render('导出 台账 本周期 李䶮')).caption).toContain('（本周期 李䶮）：已认定 1 条');
    expect((await render('导出 台账 2025')).caption).toContain('2025年没有已认定的登记');
    expect((await render('导出 台账 不存在处')).caption).toContain('没有叫“不存在处”的单位或干部');
    expect((await render('导出 点心')).caption).toContain('没有看懂要导出“点心”');
  });

  it('gives a ledger and a roster that change nothing when they come in again', async () => {
    const clerk = chat.as(people.clerk);
    await clerk.sends(await ledger({}, {}));
    await clerk.taps('确认导入');
    const again = await upload('出.xlsx', await ledgerWorkbook(await entries(), college, at));
    expect(await clerk.sends(again)).toContain('没有可导入的内容');
    expect(await clerk.sends(await roster())).toContain('没有可导入的内容');
  });
});
