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

  it('turns from month to month', async () => {
    await sent('E0011', '2026-10-09');
    const clerk = chat.as(people.clerk);
    await clerk.says('自查');
    expect(await clerk.taps('上一个月')).toContain('2026年10月主动提醒 1 条');
    expect(await clerk.taps('本月')).toContain('2026年11月主动提醒 0 条');
    expect(await clerk.says('自查 2026-12')).toContain('还没有到');
    expect(await clerk.says('自查 天气')).toContain('没有看懂“天气”');
  });

  it('is for the clerk and the head of the department, in private', async () => {
    expect(await chat.as(people.cadre).says('自查')).toContain('没有这项权限');
    expect(await chat.as(people.archivist).says('自查')).toContain('没有这项权限');
    expect(await chat.inGroup(people.head).says('自查')).toContain('私聊');
  });
});
