import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hourEntries } from '../../src/domain/hours.ts';
import type { FormField } from '../../src/messenger/reply.ts';
import { listAll } from '../../src/store/store.ts';
import { openChat, type TestChat, type Window } from '../support/chat.ts';
import { people } from '../support/college.ts';

let chat: TestChat;
beforeEach(async () => {
  chat = await openChat();
});
afterEach(() => chat.close());

const entries = () => chat.store.read((view) => listAll(view, hourEntries));
const filled = { title: '专题党课', content: 'party-spirit', amount: '3', from: '2026-11-18' };

/** The fields of the newest form, by name. */
const fieldsOf = (window: Window): Record<string, FormField> => {
  const form = window.lastCard()?.blocks.find((block) => block.type === 'form');
  return Object.fromEntries(form?.type === 'form' ? form.fields.map((field) => [field.name, field]) : []);
};

describe('登记 by the form', () => {
  it.each(['登记', '登记学时', '登记 表格', '登记 填表'])('%s opens it, and it ends in the draft', async (said) => {
    const cadre = chat.as(people.cadre);
    expect(await cadre.says(said)).toContain('可填写：培训名称、内容、学时');
    const draft = await cadre.submits({ ...filled, to: '2026-11-18', kind: 'thematic', organiser: '组织部' });
    expect(draft).toContain('请核对：党性教育 · 3 学时 · 11月18日 · 《专题党课》');
    expect(await entries()).toEqual([]);
    expect(await cadre.taps('确认')).toContain('已提交，登记号 1001');
    expect((await entries())[0]).toMatchObject({ kind: 'thematic', form: 'unspecified', organiser: '组织部' });
  });

  it('may be answered in words as well', async () => {
    const cadre = chat.as(people.cadre);
    await cadre.says('登记');
    expect(await cadre.says('3学时 党性教育 昨天 《专题党课》')).toContain('请核对');
  });

  it.each([
    [{ amount: '很多' }, 'amount', '学时“很多”没有看懂'],
    [{ to: '2026-11-17' }, 'to', '结束日期早于开始日期'],
    [{ from: '2026-11-21' }, 'from', '培训还没有举行'],
    [{ from: '0202-11-18' }, 'from', '没有这一天'],
    [{ from: '2024-11-18' }, 'from', '不能在聊天中登记'],
    [{ amount: '30' }, 'amount', '最多能记'],
    [{ organiser: '部'.repeat(121) }, 'organiser', '不能这样写'],
    [{ title: '' }, 'title', '请填写这一项'],
  ])('%j comes back with the fault at the field and everything else kept', async (wrong, name, fault) => {
    const cadre = chat.as(people.cadre);
    await cadre.says('登记');
    const typed: Record<string, string> = { ...filled, place: '报告厅', ...wrong };
    expect(await cadre.submits(typed)).toContain('还没有提交');
    const fields = fieldsOf(cadre);
    for (const [field, { value = '', fault: said }] of Object.entries(fields)) {
      if (field in typed) expect(value).toBe(typed[field]);
      if (field === name) expect(said).toContain(fault);
      else expect(said).toBeUndefined();
    }
    expect(await cadre.submits(filled)).toContain('请核对');
  });

  it('of an older card does no harm', async () => {
    const cadre = chat.as(people.cadre);
    await cadre.says('登记');
    const old = cadre.button('核对');
    await cadre.submits(filled);
    await cadre.taps('确认');
    expect(await cadre.presses(old?.press, filled)).toContain('没有提交');
    expect(await cadre.presses({ command: '登记', args: { filled: true, draft: 'x' } })).toContain('已经过期');
    expect(await entries()).toHaveLength(1);
  });

  it('stays out of the group, and away from strangers', async () => {
    expect(await chat.inGroup(people.cadre).says('登记')).toContain('私聊');
    expect(await chat.as('nobody').presses({ command: '登记', args: { filled: true } }, filled)).not.toContain('核对');
  });
});

it('keeps the words of 修改 when they are wrong, and knows the returned entry', async () => {
  const cadre = chat.as(people.cadre);
  await cadre.says('登记 3学时 党性教育 昨天 《专题党课》 确认');
  await chat.as(people.clerk).says('审核 1001 退回 请写明地点');
  await cadre.says('修改 1001');
  expect(await cadre.submits({ ...filled, from: '9999-01-01' })).toContain('没有这一天');
  expect(fieldsOf(cadre)['title']).toMatchObject({ value: '专题党课' });
  expect(await cadre.submits({ ...filled, place: '报告厅' })).toContain('请核对');
  expect(await cadre.taps('确认')).toContain('已提交，登记号 1001');
});
