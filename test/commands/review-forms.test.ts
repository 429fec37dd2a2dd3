import { afterEach, beforeEach, expect, it } from 'vitest';
import { hourEntries } from '../../src/domain/hours.ts';
import type { FormField } from '../../src/messenger/reply.ts';
import { openChat, type TestChat, type Window } from '../support/chat.ts';
import { people } from '../support/college.ts';
import { train } from '../support/training.ts';

let chat: TestChat;
let clerk: Window;
beforeEach(async () => {
  chat = await openChat();
  clerk = chat.as(people.clerk);
  await train(chat, people.cadre, {}, 'waiting');
  await clerk.says('审核');
});
afterEach(() => chat.close());

const entry = () => chat.store.read((view) => view.get(hourEntries, 1001));
const field = (name: string): FormField | undefined => {
  const form = clerk.lastCard()?.blocks.find((block) => block.type === 'form');
  return form?.type === 'form' ? form.fields.find((one) => one.name === name) : undefined;
};

it.each([
  ['退回', 'returned'],
  ['驳回', 'rejected'],
])('the form of %s keeps a reason that is none, and says so at the field', async (label, state) => {
  await clerk.taps(label);
  expect(field('reason')?.fault).toBeUndefined();
  await clerk.submits({ reason: '不行' });
  expect(field('reason')).toMatchObject({ value: '不行', fault: expect.stringContaining('看不出理由') });
  expect(await entry()).toMatchObject({ state: 'submitted' });
  await clerk.submits({ reason: '请补充证明材料' });
  expect(await entry()).toMatchObject({ state, reason: '请补充证明材料' });
});

it.each([
  [{ amount: '很多' }, '没有看懂'],
  [{ amount: '30' }, '最多能记'],
])('the form of an amendment keeps everything when %j cannot be taken', async (wrong, fault) => {
  await clerk.taps('修改后通过');
  const typed = { content: 'theory', kind: 'post', reason: '只参加了半天', ...wrong };
  await clerk.submits(typed);
  expect(field('amount')).toMatchObject({ value: wrong.amount, fault: expect.stringContaining(fault) });
  for (const name of ['content', 'kind', 'reason'] as const) expect(field(name)).toMatchObject({ value: typed[name] });
  expect(await entry()).toMatchObject({ state: 'submitted' });
  await clerk.submits({ ...typed, amount: '2' });
  expect(await entry()).toMatchObject({ state: 'approved', hours: 200, content: 'theory', kind: 'post' });
});

/** The owner changes the entry while the clerk's form is open. */
async function changeMeanwhile(): Promise<void> {
  await chat.as(people.head).says('审核 1001 退回 请写明学时');
  const cadre = chat.as(people.cadre);
  await cadre.says('修改 1001');
  await cadre.submits({ title: '专题党课', content: 'party-spirit', amount: '2', from: '2026-11-18' });
  await cadre.taps('确认');
}

it('the form of 退回 keeps the reason when the entry was changed meanwhile, and shows what it is now', async () => {
  await clerk.taps('退回');
  await changeMeanwhile();
  expect(await clerk.submits({ reason: '请补充证明材料' })).toContain('登记号 1001 已由本人改过');
  expect(clerk.last()).toContain('学时：2 学时');
  expect(field('reason')).toMatchObject({ value: '请补充证明材料' });
  expect(field('reason')?.fault).toBeUndefined();
  expect(await entry()).toMatchObject({ state: 'submitted' });
  await clerk.submits({ reason: '请补充证明材料' });
  expect(await entry()).toMatchObject({ state: 'returned', reason: '请补充证明材料' });
});

it('the form of an amendment keeps what was typed when the entry was changed meanwhile', async () => {
  await clerk.taps('修改后通过');
  await changeMeanwhile();
  expect(await clerk.submits({ amount: '1', content: 'theory', reason: '只参加了半场' })).toContain('已由本人改过');
  expect(clerk.last()).toContain('学时：2 学时');
  expect(field('amount')).toMatchObject({ value: '1' });
  expect(field('reason')).toMatchObject({ value: '只参加了半场' });
  expect(await entry()).toMatchObject({ state: 'submitted' });
});
