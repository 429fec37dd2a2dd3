import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addressOf } from '../../../src/bot/people.ts';
import { openChat, type TestChat } from '../../support/chat.ts';
import { people } from '../../support/college.ts';

let chat: TestChat;
beforeEach(async () => {
  chat = await openChat();
});
afterEach(() => chat.close());

const enters = (id: string, told?: { id: string }) =>
  chat.happens({ type: 'entered', sender: { id, userId: id, name: null, privateChat: `p:${id}` } }, told);

describe('opening the chat', () => {
  it.each([
    ['a cadre', people.cadre, ['登记', '进度', '待办'], '发送“进度”看还差多少学时'],
    ['the head of a unit', people.unitHead, ['本单位', '登记', '待办'], '发送“本单位”看各人进度'],
    ['the clerk', people.clerk, ['审核', '逾期', '通报'], '发送“审核”处理'],
    ['the head of the department', people.head, ['审核', '逾期', '通报'], '发送“审核”处理'],
    ['the archivist', people.archivist, ['干部', '绑定', '登记'], '干部 未绑定'],
  ])('greets %s by name and says in three lines what they can do', async (_, person, buttons, line) => {
    await enters(person.staffNo);
    const window = chat.as(person);
    expect(window.texts()).toHaveLength(1);
    expect(window.last()).toContain(`${person.name}，您好。我是学时簿`);
    expect(window.last()).toContain(line);
    expect(
      window
        .last()
        .split('\n')
        .filter((one) => one.startsWith('· ')),
    ).toHaveLength(3);
    expect(window.last()).toContain(`可回复：${[...buttons, '帮助'].map((label) => `【${label}】`).join(' ')}`);
    for (const label of [...buttons, '帮助']) expect(await window.taps(label)).not.toMatch(/没有这项权限|过期/);
  });

  it('greets once, however often somebody opens it', async () => {
    await enters('E0011');
    chat.clock.pass(24 * 60);
    await enters('E0011');
    await enters('visitor');
    await enters('visitor');
    expect(chat.as(people.cadre).texts()).toHaveLength(1);
    expect(chat.as('visitor').texts()).toHaveLength(1);
  });

  it('greets once when the platform tells of it twice at the same time', async () => {
    await Promise.all([enters('E0011', { id: 'same' }), enters('E0011', { id: 'same' })]);
    expect(chat.as(people.cadre).texts()).toHaveLength(1);
  });

  it('tells a stranger how to say who they are', async () => {
    await enters('visitor');
    expect(chat.as('visitor').last()).toContain('请发送“绑定 工号 姓名”');
  });

  it('tells somebody who has retired why nothing works', async () => {
    await enters('E0014');
    expect(chat.as(people.retired).last()).toContain('您在名册中的状态是退休');
  });

  it('makes a cadre reachable before they have said a word', async () => {
    const other = await openChat({ messenger: 'feishu' });
    await other.happens({
      type: 'entered',
      sender: { id: 'ou_11', userId: 'E0011', name: null, privateChat: 'p2p:ou_11' },
    });
    expect(await other.store.read((view) => addressOf(view, 'feishu', 'E0011'))).toBe('ou_11');
    expect(other.asAccount('ou_11', 'E0011').last()).toContain('王芳，您好');
    await other.close();
  });
});
