import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { appendHourEvent, nextEntryId } from '../../src/bot/ledger.ts';
import type { Cadre } from '../../src/domain/cadre.ts';
import { decideEvent, submitEvent } from '../../src/domain/entry-life.ts';
import { type HourFacts, hourEntries } from '../../src/domain/hours.ts';
import { reflections } from '../../src/domain/reflection.ts';
import { openChat, type TestChat } from '../support/chat.ts';
import { people } from '../support/college.ts';

let chat: TestChat;
beforeEach(async () => {
  chat = await openChat();
});
afterEach(() => chat.close());

const facts: HourFacts = {
  from: '2026-11-16',
  to: '2026-11-18',
  hours: 2400,
  content: 'theory',
  kind: 'thematic',
  form: 'intensive',
  title: '二十届四中全会精神专题培训班',
  organiser: '组织部',
  place: null,
  proof: null,
  result: null,
  note: null,
};

/** An entry that the clerk has approved. */
async function approved(cadre: Cadre, changed: Partial<HourFacts> = {}): Promise<number> {
  let id = 0;
  await chat.write(async (tx) => {
    id = await nextEntryId(tx);
    const whole = { ...facts, ...changed };
    const policy = chat.policies.at(whole.to);
    const at = chat.clock.now();
    const entry = await appendHourEvent(
      tx,
      submitEvent({
        entryId: id,
        staffNo: cadre.staffNo,
        by: cadre.staffNo,
        at,
        facts: whole,
        source: 'chat',
        importId: null,
      }),
      policy,
    );
    const decision = decideEvent(entry, { type: 'approved' }, people.clerk.staffNo, at);
    if (!decision.ok) throw new Error(decision.reason);
    await appendHourEvent(tx, decision.event, policy);
  });
  return id;
}

const essay = '学习使人进步。'.repeat(200);
const stateOf = async (id: number) => chat.store.read((view) => view.get(reflections, id));

describe('进度', () => {
  it('begins with the sentence that others rely on', async () => {
    await approved(people.cadre);
    await chat.as(people.cadre).says('登记 3.5学时 党性教育 昨天 《专题党课》 确认');
    const answer = await chat.as(people.cadre).says('进度');
    expect(answer.split('\n')[0]).toBe('本周期已认定 24 学时，待审核 3.5 学时');
    expect(chat.as(people.cadre).lastCard()?.summary).toBe('本周期已认定 24 学时，待审核 3.5 学时');
  });

  it('shows an empty ledger without a fault', async () => {
    const answer = await chat.as(people.newcomer).says('进度');
    expect(answer.split('\n')[0]).toBe('本周期已认定 0 学时，待审核 0 学时');
    expect(answer).toMatch(/距折算后要求的 257 学时还差 257 学时[\s\S]*按任职时间折算，要求 257 学时/);
  });

  it('speaks of the year to those without a five-year quota', async () => {
    const said = await chat.as(people.archivist).says('进度');
    expect(said).toContain('距 2026 年的要求还差 90 学时');
    expect(said).toContain('2026 年专业化能力培训：没有参加，不作要求');
  });

  it('shows nobody else, and says so', async () => {
    await approved(people.cadre);
    expect(await chat.as(people.namesake).says('进度')).toContain('已认定 0 学时');
    expect(await chat.as(people.clerk).says('进度 E0011')).toBe('进度只看本人。看他人请发送：干部 E0011');
    expect(await chat.as(people.clerk).says('进度 欧阳明月')).toBe('进度只看本人。看他人请发送：干部 欧阳明月');
    expect(await chat.as(people.cadre).says('进度 E0003')).toBe('进度只看本人。');
    expect(await chat.as(people.cadre).says('进度 王芳')).toContain('已认定 24 学时');
    expect(chat.as(people.cadre).lastCard()?.title).toBe('王芳的学时进度');
  });

  it('shows a year that is over, and says what it did not understand', async () => {
    await approved(people.cadre, { from: '2025-10-13', to: '2025-10-15', content: 'professional' });
    const window = chat.as(people.cadre);
    expect(await window.says('进度 2025')).toMatch(/^2025 年已认定 24 学时。.*已参加 1 次/s);
    expect(await window.says('学时怎么样了？')).not.toContain('没有看懂');
    expect(await window.says('进度 月底')).toContain('没有看懂“月底”');
  });

  it('has a bar for the year of those without a five-year quota', async () => {
    await approved(people.archivist);
    await chat.as(people.archivist).says('进度');
    expect(chat.as(people.archivist).lastCard()?.blocks).toContainEqual({
      type: 'progress',
      label: '2026 年学时',
      value: 2400,
      max: 9000,
      text: '24 / 90 学时',
    });
  });

  it('says that a reflection is overdue', async () => {
    const first = await approved(people.cadre);
    await approved(people.cadre, { from: '2026-11-18', to: '2026-11-19', title: '第二次培训' });
    const window = chat.as(people.cadre);
    expect(await window.says('进度')).toMatch(/2 篇，最早一篇《二十届四中全会精神专题培训班》应于11月25日前交。/);
    chat.clock.set('2026-11-26T01:00:00.000Z');
    expect(await window.says('进度')).toContain('应于11月25日前交，已逾期，请补交。');
    expect(window.lastCard()?.tone).toBe('warn');
    expect(await window.says('体会')).toContain('11月25日（已逾期，请补交）');
    expect(await window.says(`体会 ${first}`)).toContain('应于11月25日前交，已逾期，请补交。');
  });
});

describe('记录', () => {
  it('lists newest first, by pages, and opens one with its history', async () => {
    for (let day = 1; day <= 10; day += 1) {
      const on = `2026-10-${String(day).padStart(2, '0')}`;
      await approved(people.cadre, { from: on, to: on, hours: 400, title: `第${day}讲` });
    }
    const window = chat.as(people.cadre);
    const first = await window.says('记录');
    expect(first).toContain('共 10 条');
    expect(first.indexOf('第10讲')).toBeLessThan(first.indexOf('第9讲'));
    expect(first).not.toContain('第2讲');
    expect(await window.taps('更早的')).toContain('第2讲');
    const one = await window.says('记录 1001');
    expect(one).toContain('第1讲');
    expect(one).toMatch(/认定（赵敏/);
  });

  it('filters by year and knows a split at its end', async () => {
    await approved(people.cadre, { from: '2025-12-30', to: '2026-01-02', hours: 3200 });
    const window = chat.as(people.cadre);
    expect(await window.says('记录 2025年')).toContain('共 1 条');
    expect(await window.says('记录 2026年')).toContain('共 1 条');
    expect(await window.says('记录 2024年')).toContain('没有学时记录');
  });

  it.each([
    ['记录 2025', '2025 年共 1 条'],
    ['记录 去年', '2025 年共 1 条'],
    ['记录 待审核', '待审核共 1 条'],
    ['记录 党性教育', '党性教育共 1 条'],
    ['记录 2026 已认定的理论教育', '2026 年已认定理论教育共 1 条'],
    ['记录 已作废', '已作废没有学时记录'],
    ['记录 第2页', '共 3 条'],
    ['记录 张飞', '没有看懂“张飞”'],
    ['记录 李䶮', '记录只看本人。'],
    ['记录 登记号2025', '没有找到您的登记号 2025'],
  ])('%s: %s', async (said, answer) => {
    const window = chat.as(people.cadre);
    await approved(people.cadre);
    await approved(people.cadre, { from: '2025-10-13', to: '2025-10-15' });
    await window.says('登记 3学时 党性教育 昨天 《专题党课》 确认');
    expect(await window.says(said)).toContain(answer);
  });

  it('turns the pages of what was asked for', async () => {
    const window = chat.as(people.cadre);
    for (let day = 1; day <= 9; day += 1) {
      await approved(people.cadre, { from: `2025-10-0${day}`, to: `2025-10-0${day}`, hours: 400 });
    }
    await approved(people.cadre);
    expect(await window.says('记录 2025')).toContain('第 1 页，共 2 页');
    expect(await window.taps('更早的')).toContain('2025 年共 9 条');
    expect(await window.says('记录 2025 第2页')).toContain('第 2 页，共 2 页');
  });

  it("hides somebody else's entry", async () => {
    const id = await approved(people.cadre);
    expect(await chat.as(people.namesake).says(`记录 ${id}`)).toContain('没有找到');
    expect(await chat.as(people.namesake).presses({ command: '记录', args: { entry: id } })).toContain('没有找到');
  });
});

describe('撤回', () => {
  it('takes back what is not decided yet, and nothing else', async () => {
    const window = chat.as(people.cadre);
    const id = /登记号 (\d+)/.exec(await window.says('登记 3学时 党性教育 昨天 《专题报告》 确认'))?.[1];
    expect(await chat.as(people.namesake).says(`撤回 ${id}`)).toContain('没有找到');
    expect(await window.says(`撤回 ${id}`)).toContain('已撤回');
    expect(await window.says(`撤回 ${id}`)).toContain('不能撤回');
    const decided = await approved(people.cadre);
    expect(await window.says(`撤回 ${decided}`)).toContain('不能撤回');
    expect(await window.says('撤回 99999999999999999999')).not.toContain('抱歉');
  });

  it('takes back several at once, and says so of each', async () => {
    const window = chat.as(people.cadre);
    await window.says('登记 3学时 党性教育 昨天 《专题报告》 确认');
    await window.says('登记 3学时 理论教育 前天 《形势与政策》 确认');
    const decided = await approved(people.cadre);
    const answer = await window.says(`撤回 1001、1002 ${decided}`);
    expect(answer.split('\n')).toEqual([
      expect.stringContaining('已撤回登记号 1001'),
      expect.stringContaining('已撤回登记号 1002'),
      expect.stringContaining('不能撤回'),
    ]);
    expect(await window.says('撤回 1001-1100')).toContain('一次最多撤回 20 条');
  });

  it('names what can be withdrawn when no number is given', async () => {
    const window = chat.as(people.cadre);
    expect(await window.says('撤回')).toContain('没有可以撤回');
    await window.says('登记 3学时 党性教育 昨天 《专题报告》 确认');
    expect(await window.says('撤回')).toMatch(/例如：撤回 \d+/);
  });
});

describe('体会', () => {
  it('says what is owed, takes the form, and is read at the desk', async () => {
    const id = await approved(people.cadre);
    const window = chat.as(people.cadre);
    expect(await window.says('体会')).toContain('1 篇');
    await window.taps(`提交 ${id}`);
    expect(await window.submits({ text: essay })).toContain('已收到');
    expect(await stateOf(id)).toMatchObject({ state: 'handed-in', late: false, length: 1200 });

    const desk = chat.as(people.clerk);
    expect(await desk.says('体会 待阅')).toContain('王芳');
    expect(await desk.taps('看全文')).toContain('.txt');
    expect(await desk.taps('通过')).toContain(
      '已通过王芳的学习体会（登记号 1001），已通知本人。没有其他待审阅的体会。',
    );
    expect(await stateOf(id)).toMatchObject({ state: 'accepted', decidedBy: 'E0003' });
    expect(window.last()).toContain('已通过');
  });

  it('keeps the text as it was written, in a blob', async () => {
    const id = await approved(people.cadre);
    const written = `第一段：${essay}\n\n第二段，“引号”与　全角空格。`;
    await chat.as(people.cadre).says(`体会 ${id} ${written}`);
    const blob = (await stateOf(id))?.blob ?? '';
    expect(Buffer.from((await chat.store.blobs.get(blob)) ?? []).toString()).toBe(written);
  });

  it('takes a long answer to its question, even one that begins like a command', async () => {
    const id = await approved(people.cadre);
    const window = chat.as(people.cadre);
    await window.says(`体会 ${id}`);
    expect(await window.says(`进度虽慢，${essay}`)).toContain('已收到');
  });

  it('takes a text file or a Word document as the answer to its question', async () => {
    const id = await approved(people.cadre);
    const window = chat.as(people.cadre);
    const bytes = Buffer.from(essay);
    const file = { name: '体会.txt', blob: await chat.store.blobs.put(bytes), size: bytes.length };
    expect(await window.sends(file)).toContain('请先发送“体会”');
    await window.says(`体会 ${id}`);
    expect(await window.sends({ ...file, name: '体会.pdf' })).toContain('.docx');
    expect(await window.sends(file)).toContain('共 1200 字');
    expect(await stateOf(id)).toMatchObject({ state: 'handed-in', blob: file.blob });
  });

  it('refuses what is too short and loses nothing', async () => {
    const id = await approved(people.cadre);
    const window = chat.as(people.cadre);
    expect(await window.says(`体会 ${id} 收获很大。`)).toContain('还差');
    expect(await stateOf(id)).toMatchObject({ state: 'owed', blob: null });
    expect(await window.says(`体会 ${id} ${essay}`)).toContain('已收到');
  });

  it('counts the words of a short one, in one line and as an answer', async () => {
    const id = await approved(people.cadre);
    const window = chat.as(people.cadre);
    expect(await window.says(`体会 ${id} 收获很大`)).toContain('这篇体会 4 字');
    await window.says(`体会 ${id}`);
    expect(await window.says('这次培训收获很大，受益匪浅')).toContain('这篇体会 12 字');
    expect(await stateOf(id)).toMatchObject({ state: 'owed', blob: null });
    expect(await window.says(essay)).toContain('已收到');
  });

  it('is not accepted unread: a better text that came meanwhile is shown first', async () => {
    const id = await approved(people.cadre);
    const author = chat.as(people.cadre);
    const desk = chat.as(people.clerk);
    await author.says(`体会 ${id} ${essay}`);
    await desk.says('体会 待阅');
    await author.says(`体会 ${id} ${essay}补充一段。`);
    expect(await desk.taps('通过')).toContain('新稿');
    expect(await stateOf(id)).toMatchObject({ state: 'handed-in' });
    await desk.taps('通过');
    expect(await stateOf(id)).toMatchObject({ state: 'accepted' });
  });

  it('keeps nothing long from strangers and small talk, in groups as well, and opens none of their files', async () => {
    const long = '身份证号码和别的私事。'.repeat(30);
    const file = { name: '私事.docx', blob: '0'.repeat(64), size: 10 };
    await chat.as('visitor').says(`体会 1001 ${long}`);
    await chat.as('visitor').sends(file);
    await chat.as('visitor').presses({ command: '体会', args: { entry: 1001 } }, { text: long });
    await chat.inGroup(people.cadre).says(long);
    await chat.as(people.cadre).says(long);
    expect(await chat.as(people.cadre).sends(file)).toContain('不知道要做什么');
    for (const words of [long, long.trim()]) {
      expect(await chat.store.blobs.get(createHash('sha256').update(words).digest('hex'))).toBeUndefined();
    }
  });

  it('is sent back with a reason that is typed when it is asked for', async () => {
    const id = await approved(people.cadre);
    await chat.as(people.cadre).says(`体会 ${id} ${essay}`);
    const desk = chat.as(people.clerk);
    await desk.says('体会 待阅');
    expect(await desk.taps('退回')).toContain('请写明退回登记号');
    expect(await desk.says('嗯嗯')).toContain('看不出理由');
    expect(await desk.says('确认')).toContain('请写明退回登记号');
    expect(await stateOf(id)).toMatchObject({ state: 'handed-in' });
    expect(await desk.says('登记的内容没有结合本职工作')).toMatch(
      /已退回王芳的学习体会（登记号 \d+），理由：登记的内容没有结合本职工作，已通知本人。/,
    );
    expect(await stateOf(id)).toMatchObject({ state: 'returned', reason: '登记的内容没有结合本职工作' });
    expect(await desk.says('再说一句')).toContain('没有听懂');
  });

  it('is not sent back once the reader has moved on', async () => {
    const id = await approved(people.cadre);
    await chat.as(people.cadre).says(`体会 ${id} ${essay}`);
    const desk = chat.as(people.clerk);
    for (const away of ['取消', '体会 待阅']) {
      await desk.says(`体会 ${id} 退回`);
      await desk.says(away);
      expect(await desk.says('没有结合本职工作')).toContain('没有听懂');
    }
    expect(await stateOf(id)).toMatchObject({ state: 'handed-in' });
  });

  it('marks what comes after the deadline as late', async () => {
    const id = await approved(people.cadre);
    chat.clock.set('2026-11-26T01:00:00.000Z');
    await chat.as(people.cadre).says(`体会 ${id} ${essay}`);
    expect(await stateOf(id)).toMatchObject({ late: true });
  });

  it('comes back with a reason and is handed in again', async () => {
    const id = await approved(people.cadre);
    const window = chat.as(people.cadre);
    await window.says(`体会 ${id} ${essay}`);
    await chat.as(people.clerk).says(`体会 ${id} 退回 请结合本职工作`);
    expect(window.last()).toContain('请结合本职工作');
    expect(await window.says(`体会 ${id} ${essay}${essay}`)).toContain('已收到');
  });

  it("is nobody else's to hand in, read or accept", async () => {
    const id = await approved(people.cadre);
    expect(await chat.as(people.namesake).says(`体会 ${id} ${essay}`)).toContain('没有找到');
    await chat.as(people.cadre).says(`体会 ${id} ${essay}`);
    for (const verdict of ['list', 'read', 'accept', 'return']) {
      expect(await chat.as(people.namesake).presses({ command: '体会', args: { entry: id, verdict } })).toContain(
        '由经办、部长使用',
      );
    }
  });

  it('cannot be accepted by its author', async () => {
    const id = await approved(people.head);
    await chat.as(people.head).says(`体会 ${id} ${essay}`);
    expect(await chat.as(people.head).says(`体会 ${id} 通过`)).toContain('不能审阅自己');
  });
});

describe('待办', () => {
  it('is empty when nothing is owed, and short when something is', async () => {
    const idle = chat.as(people.archivist);
    expect(await idle.says('待办')).toContain('没有待办');
    await approved(people.cadre);
    const answer = await chat.as(people.cadre).says('待办');
    expect(answer).toContain('交学习体会');
    await chat.as(people.cadre).says('登记 3学时 党性教育 昨天 《专题报告》 确认');
    expect(await chat.as(people.clerk).says('待办')).toContain('1 条学时登记待审核');
  });
});

describe('帮助', () => {
  it('offers what the person may use and no more', async () => {
    const mine = await chat.as(people.cadre).says('帮助');
    expect(mine).toContain('登记');
    expect(mine).not.toMatch(/^审核　/m);
    const clerks = await chat.as(people.clerk).says('帮助');
    expect(clerks).toMatch(/^审核　审核干部登记的学时$/m);
    expect(clerks).toMatch(/^干部　查看干部名册$/m);
    expect(clerks).toMatch(/^参数　查看制度参数，提出变更$/m);
    const archivists = await chat.as(people.archivist).says('帮助');
    expect(archivists).toMatch(/^审核　查看登记，作废已认定的学时$/m);
    expect(archivists).toMatch(/^参数　查看制度参数$/m);
    expect(await chat.as(people.archivist).says('帮助 审核')).not.toContain('全部通过');
    expect(await chat.as(people.head).says('帮助')).toMatch(/^参数　查看制度参数，决定变更$/m);
    expect(await chat.as(people.cadre).says('帮助 登记')).toContain('登记 3学时 党性教育');
    expect(mine).not.toMatch(/^(?:确认|取消|修改)　/m);
  });

  it('says by whom something is used, and shows only what the person may say', async () => {
    const cadre = chat.as(people.cadre);
    expect(await cadre.says('帮助 审核')).toContain('“审核”由经办、部长、档案管理员使用');
    expect(await cadre.says('帮助 跳舞')).toContain('没有“跳舞”这项功能');
    expect(await cadre.says('帮助 体会')).not.toContain('待阅');
    expect(await chat.as(people.clerk).says('帮助 体会')).toContain('体会 待阅');
  });
});

describe('the ledger', () => {
  it('keeps the entry equal to its events', async () => {
    const id = await approved(people.cadre);
    const entry = await chat.store.read((view) => view.get(hourEntries, id));
    expect(entry).toMatchObject({ state: 'approved', version: 2, decidedBy: 'E0003' });
  });
});
