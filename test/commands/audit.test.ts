import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { showRecords } from '../../src/bot/audit/records.ts';
import { readBulletinFigures } from '../../src/bot/bulletin.ts';
import { bulletins } from '../../src/domain/bulletin.ts';
import { cadres } from '../../src/domain/cadre.ts';
import { plainText } from '../../src/messenger/reply.ts';
import type { Store } from '../../src/store/store.ts';
import { withTransactions } from '../../src/store/with-transactions.ts';
import { openChat, type TestChat } from '../support/chat.ts';
import { makeCadre, people } from '../support/college.ts';

let chat: TestChat;
beforeEach(async () => {
  chat = await openChat();
});
afterEach(() => chat.close());

const log = (who: { staffNo: string }, title = '专题党课') =>
  chat.as(who.staffNo).says(`登记 党性教育 《${title}》 3学时 2026-11-19 确认`);

/** A day in which something happened: one entry logged and approved, another logged, a role given. */
async function busyDay(): Promise<void> {
  await log(people.cadre);
  chat.clock.pass(5);
  await chat.as(people.clerk).says('审核 1001 通过');
  chat.clock.pass(5);
  await log(people.namesake, '理论辅导');
  chat.clock.pass(5);
  const archivist = chat.as(people.archivist);
  await archivist.says('干部 E0011 角色 加 单位负责人');
  await archivist.taps('确认');
}

describe('the records', () => {
  it('say who did what when, newest first, with the state of the chain', async () => {
    await busyDay();
    const said = await chat.as(people.clerk).says('审计');
    expect(said).toMatch(/^审计链共 \d+ 条，最新校验码 [0-9a-f]{16}。/);
    expect(said).toMatch(/赵敏：登记号 1001 认定[^|]* \| 审核（聊天） \| 2026年11月20日 09:05/);
    expect(said).toMatch(/王芳：登记号 1001 提交 \| 登记（聊天） \| 2026年11月20日 09:00/);
    expect(said.indexOf('名册 王芳（E0011）')).toBeLessThan(said.indexOf('登记号 1001 认定'));
  });

  it('are found behind hundreds of questions without going through the journal for every hundred', async () => {
    await log(people.cadre);
    const question = { actor: 'E0011', via: 'message', what: '进度', ref: '', at: chat.clock.now() } as const;
    await Promise.all(Array.from({ length: 350 }, () => chat.store.transaction(question, async () => {})));
    const limits: number[] = [];
    const watched: Store = {
      ...withTransactions(chat.store, (cause, work) => chat.store.transaction(cause, work)),
      recentAuditRecords: (query) => {
        limits.push(query.limit);
        return chat.store.recentAuditRecords(query);
      },
    };
    expect(plainText(await showRecords(watched, {}))).toContain('登记号 1001 提交');
    expect(limits).toEqual([100, 5000]);
  });

  it('are narrowed to an entry', async () => {
    await busyDay();
    const said = await chat.as(people.head).says('审计 1001');
    expect(said).toContain('筛选：登记号 1001。');
    expect(said).toContain('登记号 1001 提交');
    expect(said).toContain('登记号 1001 认定');
    expect(said).not.toContain('1002');
    expect(said).not.toContain('名册');
  });

  it('are narrowed to who acted or whom it is about', async () => {
    await busyDay();
    const byClerk = await chat.as(people.archivist).says('审计 赵敏');
    expect(byClerk).toContain('登记号 1001 认定');
    expect(byClerk).not.toContain('登记号 1002');
    const about = await chat.as(people.archivist).says('审计 E0011');
    expect(about).toContain('登记号 1001 认定');
    expect(about).toContain('名册 王芳（E0011）');
    expect(about).not.toContain('登记号 1002');
  });

  it('are narrowed to a command and a day, together', async () => {
    await busyDay();
    chat.clock.pass(24 * 60);
    await log(people.cadre, '廉政教育');
    const clerk = chat.as(people.clerk);
    expect(await clerk.says('审计 登记 昨天')).toContain('登记号 1002');
    expect(clerk.last()).not.toContain('登记号 1003');
    expect(clerk.last()).not.toContain('认定');
    expect(await clerk.says('审计 2026-10')).toContain('没有符合条件的记录');
    expect(await clerk.says('审计 本月 登记')).toContain('登记号 1003');
  });

  it('leave out questions that changed nothing, unless all are asked for', async () => {
    await chat.as(people.cadre).says('进度');
    await log(people.cadre);
    const clerk = chat.as(people.clerk);
    expect(await clerk.says('审计 E0011')).not.toContain('进度（聊天）');
    expect(await clerk.taps('含查询')).toContain('王芳：没有改动台账 | 进度（聊天）');
    expect(await clerk.says('审计 全部')).toContain('没有改动台账');
    expect(clerk.button('只看改动')).toBeDefined();
  });

  it('count what is too much to be named', async () => {
    await chat.write(async (tx) => {
      for (let i = 0; i < 30; i += 1) await tx.put(cadres, makeCadre({ staffNo: `E9${100 + i}`, name: `干部${i}` }));
    });
    expect(await chat.as(people.clerk).says('审计')).toContain('名册 30 项');
  });

  it('ask which of two people of one name', async () => {
    const clerk = chat.as(people.clerk);
    expect(await clerk.says('审计 王芳')).toContain(
      '有 2 位“王芳”：E0011（教务处）、E0012（外国语学院）。请点选，或改用工号。',
    );
    expect(await clerk.taps('E0012 外国语学院')).toContain('筛选：王芳（E0012）。');
  });

  it('say what was not understood', async () =>
    expect(await chat.as(people.clerk).says('审计 天气')).toContain('没有看懂“天气”'));

  it('come ten at a time', async () => {
    for (let i = 0; i < 12; i += 1) {
      await chat.as(people.cadre).says(`登记 党性教育 《党课第${i + 1}讲》 1学时 2026-10-${10 + i} 确认`);
    }
    const clerk = chat.as(people.clerk);
    const first = await clerk.says('审计 登记');
    expect(first).toContain('登记号 1012');
    expect(first).not.toContain('登记号 1002 ');
    const second = await clerk.taps('更早的');
    expect(second).toContain('登记号 1002 提交');
    expect(second).toContain('登记号 1001 提交');
    expect(
      clerk
        .lastCard()
        ?.blocks.some((block) => block.type === 'buttons' && block.buttons.some(({ label }) => label === '更早的')),
    ).toBe(false);
  });

  it('are for the department, in private', async () => {
    expect(await chat.as(people.cadre).says('审计')).toContain('没有这项权限');
    expect(await chat.as(people.unitHead).says('审计 1001')).toContain('没有这项权限');
    expect(await chat.inGroup(people.head).says('审计')).toContain('私聊');
  });
});

describe('the chain', () => {
  it('is walked record by record', async () => {
    await busyDay();
    const said = await chat.as(people.head).says('审计 核对');
    expect(said).toMatch(/已逐条核对 \d+ 条审计记录：编号连续、首尾相接、校验码无误/);
    expect(said).toContain('还没有已存的通报');
  });

  it('is compared with what bulletins print', async () => {
    const clerk = chat.as(people.clerk);
    const keep = (month: string, auditHash16: string | null) =>
      chat.write(async (tx) => {
        const head = await tx.auditHead();
        await tx.put(bulletins, {
          month,
          state: 'draft',
          figures: await readBulletinFigures(tx, { month, asOf: '2026-11-20', policies: chat.policies }),
          createdAt: chat.clock.now(),
          releasedAt: null,
          releasedBy: null,
          auditN: head.n,
          auditHash16: auditHash16 ?? head.hash.slice(0, 16),
        });
      });
    await keep('2026-09', null);
    expect(await clerk.says('审计 核对')).toContain('1 期通报上印的校验码都与审计链一致');
    await keep('2026-10', '0123456789abcdef');
    expect(await clerk.says('审计 核对')).toContain('校验码与审计链不一致：2026年10月');
  });
});
