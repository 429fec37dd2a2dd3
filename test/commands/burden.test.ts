import { readXlsx } from 'hucre/xlsx';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { instantAt } from '../../src/domain/day.ts';
import { outbox } from '../../src/messenger/outbox.ts';
import { openChat, type TestChat } from '../support/chat.ts';
import { people } from '../support/college.ts';

let chat: TestChat;
beforeEach(async () => {
  chat = await openChat();
});
afterEach(() => chat.close());

const sent = (staffNo: string, day: string, time = '09:07', purpose: 'chase' | 'decision' = 'chase') =>
  chat.write(async (tx) => {
    const at = instantAt(day, time);
    await tx.put(outbox, {
      key: `test:${day}:${time}:${staffNo}:${purpose}`,
      messenger: 'simulator',
      to: { type: 'cadre', staffNo },
      purpose,
      target: staffNo,
      reply: null,
      state: 'sent',
      createdAt: at,
      notBefore: at,
      notAfter: null,
      seq: await tx.nextNumber('outbox'),
      attempts: 1,
      firstTriedAt: at,
      leasedUntil: null,
      leasedBy: null,
      sentAt: at,
      messageId: 'om_1',
      reason: null,
    });
  });

describe('the report of a month', () => {
  it('proves that the rules were kept', async () => {
    await sent('E0011', '2026-11-16');
    await sent('E0011', '2026-11-17');
    await sent('E0012', '2026-11-16');
    await sent('E0012', '2026-11-15', '22:00', 'decision');
    const said = await chat.as(people.clerk).says('自查');
    expect(said).toContain('2026年11月主动提醒 3 条，人均 0.4 条；没有违反提醒规则的情况。');
    expect(said).toContain('每人每月上限：8 条，实际最多 2 条');
    expect(said).toContain('每人每工作日：1 条，实际最多 1 条');
    expect(said).toContain('时段外 0 条');
    expect(said).toContain('0 条：5\n1 条：1\n2 条：1');
    expect(said).toContain('不积分、不排名');
    expect(said).toContain('2026年11月还没有结束');
    expect(said).not.toContain('王芳');
  });

  it('names what broke them, for the department alone', async () => {
    await sent('E0011', '2026-10-02');
    await sent('E0011', '2026-10-09', '07:00');
    const said = await chat.as(people.head).says('自查 上月');
    expect(said).toContain('有 2 处违反提醒规则');
    expect(said).toContain('王芳　2026年10月2日　休息日发送');
    expect(said).toContain('王芳　2026年10月9日　提醒时段外发送');
    expect(chat.as(people.head).lastCard()?.tone).toBe('bad');
  });

  it('names whose reminder did not arrive, and says what happens next', async () => {
    await sent('E0011', '2026-11-16');
    await sent('E0012', '2026-11-17');
    await chat.write(async (tx) => {
      for (const [key, state, reason] of [
        ['test:2026-11-16:09:07:E0011:chase', 'failed', '对方不在可用范围'],
        ['test:2026-11-17:09:07:E0012:chase', 'unknown', '发送结果不明，为免重复没有再发。'],
      ] as const) {
        const row = await tx.get(outbox, key);
        if (row !== undefined) await tx.put(outbox, { ...row, state, reason, sentAt: null });
      }
    });
    const said = await chat.as(people.clerk).says('自查');
    expect(said).toContain('王芳　2026年11月16日　没有送达：对方不在可用范围');
    expect(said).toContain('王芳　2026年11月17日　发送结果不明，为免重复没有再发。');
    expect(said).toContain('下一个工作日自动重新提醒');
    expect(said).toContain('需要时用“催办”');
    expect(await chat.as(people.clerk).says('自查 上月')).not.toContain('没有送达的提醒');
  });

  it('says in one place whom messages do not reach now, why, and what is to be done', async () => {
    await sent('E0011', '2026-11-18');
    await sent('E0012', '2026-11-18');
    await chat.write(async (tx) => {
      for (const [staffNo, reason] of [
        ['E0011', '此人已停用机器人，请本人重新启用（错误码 1）'],
        ['E0012', '此人已离职'],
      ] as const) {
        const row = await tx.get(outbox, `test:2026-11-18:09:07:${staffNo}:chase`);
        if (row !== undefined) await tx.put(outbox, { ...row, state: 'failed', reason, sentAt: null });
      }
    });
    const clerk = chat.as(people.clerk);
    expect(await clerk.says('自查')).toContain(
      [
        '现在收不到消息的（只供组织部核对）',
        '· 此人已停用机器人，请本人重新启用（错误码 1）：1 人',
        '　王芳（教务处，11月18日）',
        '· 此人已离职：1 人',
        '　王芳（外国语学院，11月18日）',
        '　办法：请核实后由档案管理员发送“干部 工号 离任”。',
        '没有送达的提醒不算提醒过，恢复后下一个工作日自动重新提醒。',
      ].join('\n'),
    );
    // What has arrived since says that it is over.
    await sent('E0011', '2026-11-19');
    await sent('E0012', '2026-11-19');
    expect(await clerk.says('自查')).not.toContain('收不到消息');
  });

  it('turns from month to month', async () => {
    await sent('E0011', '2026-10-09');
    const clerk = chat.as(people.clerk);
    await clerk.says('自查');
    expect(await clerk.taps('上一个月')).toContain('2026年10月主动提醒 1 条');
    expect(await clerk.taps('本月')).toContain('2026年11月主动提醒 0 条');
    expect(await clerk.says('自查 2026-12')).toContain('还没有到');
    expect(await clerk.says('自查 天气')).toContain('没有看懂“天气”');
  });

  it('says of each thing that is not done how it can be checked', async () =>
    expect(await chat.as(people.head).says('自查')).toContain(
      '不强制上传照片、视频、位置：登记和签到都不收集。核查：发送“登记”，没有一项必须上传附件。',
    ));

  it('counts nothing of the next month', async () => {
    await sent('E0011', '2026-10-30', '17:59');
    await sent('E0012', '2026-11-02');
    expect(await chat.as(people.head).says('自查 2026-10')).toContain('2026年10月主动提醒 1 条');
  });

  it.each([
    ['自查 Excel', '减负自查_2026-11.xlsx'],
    ['自查 上月 导出', '减负自查_2026-10.xlsx'],
  ])('is a workbook as well: %s', async (asked, name) => {
    await sent('E0011', '2026-10-02');
    const head = chat.as(people.head);
    expect(await head.says(asked)).toContain('减负自查：规则与实际');
    const file = head.lastFile();
    expect(file?.name).toBe(name);
    const bytes = await chat.store.blobs.get(file?.blob ?? '');
    const { sheets } = await readXlsx(bytes ?? new Uint8Array());
    const breached = name.includes('-10') ? ['违反规则的'] : [];
    expect(sheets.map((sheet) => sheet.name)).toEqual([
      '规则与实际',
      '收到条数分布',
      '发出的消息',
      ...breached,
      '没有的做法',
    ]);
    const said = JSON.stringify(sheets.map(({ rows }) => rows));
    expect(said).toContain(breached.length > 0 ? '不提醒，实际 1 条' : '不提醒，实际 0 条');
    expect(said.includes('王芳')).toBe(breached.length > 0);
  });

  it('is for the clerk and the head of the department, in private', async () => {
    expect(await chat.as(people.cadre).says('自查')).toContain('没有这项权限');
    expect(await chat.as(people.archivist).says('自查')).toContain('没有这项权限');
    expect(await chat.inGroup(people.head).says('自查')).toContain('私聊');
  });
});
