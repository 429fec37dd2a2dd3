import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hourEntries } from '../../../src/domain/hours.ts';
import { listAll } from '../../../src/store/store.ts';
import { openChat, type TestChat } from '../../support/chat.ts';
import { people } from '../../support/college.ts';

let chat: TestChat;
beforeEach(async () => {
  chat = await openChat();
});
afterEach(() => chat.close());

const recalls = (messageId: string) => chat.happens({ type: 'recalled', messageId });
const entries = () => chat.store.read((view) => listAll(view, hourEntries));

describe('a message that is taken back', () => {
  it('takes along the draft that it opened, without a word', async () => {
    const cadre = chat.as(people.cadre);
    await cadre.says('登记 3学时 党性教育 昨天 《专题党课》');
    await recalls(cadre.said());
    expect(cadre.texts()).toHaveLength(1);
    expect(await cadre.taps('确认')).toContain('已取消');
    expect(await cadre.says('确认')).toContain('没有');
    expect(await entries()).toEqual([]);
  });

  it('takes along the question that it opened', async () => {
    const cadre = chat.as(people.cadre);
    await cadre.says('登记 3学时');
    await recalls(cadre.said());
    expect(await cadre.says('党性教育')).toContain('还差学时');
  });

  it.each([
    ['opened', 0],
    ['changed', 1],
    ['changed last', 2],
  ])('takes along the draft that it %s, since the draft would still say what was taken back', async (_, at) => {
    const cadre = chat.as(people.cadre);
    const said: string[] = [];
    for (const words of ['登记 3学时 党性教育 昨天 《专题党课》', '学时改成2', '理论教育']) {
      await cadre.says(words);
      said.push(cadre.said());
    }
    await recalls(said[at] ?? '');
    expect(await cadre.says('确认')).toContain('没有');
    expect(await entries()).toEqual([]);
  });

  it('takes along what answered its question, and the choice of people that goes on with it', async () => {
    const cadre = chat.as(people.cadre);
    await cadre.says('登记 3学时');
    const asked = cadre.said();
    await cadre.says('党性教育 昨天 《专题党课》');
    await recalls(asked);
    expect(await cadre.says('确认')).toContain('没有');
    const clerk = chat.as(people.clerk);
    await clerk.says('代登 3学时 党性教育 昨天 《专题党课》 教务处全体');
    const first = clerk.said();
    await clerk.says('去掉 欧阳明月');
    await recalls(first);
    expect(await clerk.says('确认')).toContain('没有');
    expect(await entries()).toEqual([]);
  });

  it('leaves a draft alone that has taken the place of its own', async () => {
    const cadre = chat.as(people.cadre);
    await cadre.says('登记 3学时 党性教育 昨天 《专题党课》');
    const first = cadre.said();
    await cadre.says('登记 2学时 党性教育 昨天 《另一次党课》');
    await recalls(first);
    expect(await cadre.says('确认')).toContain('登记号');
  });

  it('leaves a draft alone that another message has opened, and other people’s', async () => {
    const cadre = chat.as(people.cadre);
    await cadre.says('进度');
    const asked = cadre.said();
    await cadre.says('登记 3学时 党性教育 昨天 《专题党课》');
    await recalls(asked);
    await chat.as(people.namesake).says('登记 2学时 党性教育 昨天 《另一次党课》');
    await recalls(chat.as(people.namesake).said());
    expect(await cadre.taps('确认')).toContain('登记号');
  });

  it('changes nothing that was submitted already', async () => {
    const cadre = chat.as(people.cadre);
    await cadre.says('登记 3学时 党性教育 昨天 《专题党课》 确认');
    await recalls(cadre.said());
    expect(await entries()).toMatchObject([{ state: 'submitted' }]);
    expect(cadre.texts()).toHaveLength(1);
  });

  it('does not count when it comes in after it was taken back', async () => {
    await recalls('om_late');
    await chat.handle({
      type: 'message',
      messenger: 'simulator',
      id: 'om_late',
      at: chat.clock.now(),
      sender: { id: 'E0011', userId: 'E0011', name: null, privateChat: 'p:E0011' },
      chat: { id: 'p:E0011', type: 'private' },
      text: '登记 3学时 党性教育 昨天 《专题党课》 确认',
      files: [],
    });
    expect(await entries()).toEqual([]);
  });
});
