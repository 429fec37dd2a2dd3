import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { collections } from '../../../src/collections.ts';
import { hourEntries } from '../../../src/domain/hours.ts';
import { listAll } from '../../../src/store/store.ts';
import { verifyStore } from '../../../src/store/verify.ts';
import { openChat, type TestChat } from '../../support/chat.ts';
import { people } from '../../support/college.ts';

let chat: TestChat;
beforeEach(async () => {
  chat = await openChat();
});
afterEach(() => chat.close());

const learns = (seconds: number, record = 'reg_1', person = 'E0011') =>
  chat.happens({
    type: 'learned',
    record,
    person: { id: person, userId: person, name: null, privateChat: `p:${person}` },
    course: '意识形态工作专题课',
    seconds,
    finishedAt: '2026-11-20T00:30:00.000Z',
  });
const entries = () => chat.store.read((view) => listAll(view, hourEntries));
describe('a finished course of the platform’s own', () => {
  it('is not taken as long as nobody has decided how it counts', async () => {
    await learns(7200);
    expect(await entries()).toEqual([]);
    expect(chat.as(people.cadre).texts()).toEqual([]);
  });

  describe('when 参数 say how many minutes make an hour', () => {
    beforeEach(async () => {
      const head = chat.as(people.head);
      await head.says('参数 平台课程 改 40 自 2026-11-20 理由 试行');
      expect(await head.taps('确认')).toContain('“平台课程多少分钟折合一学时”由“0 分钟”改为“40 分钟”');
    });

    it.each([
      [599, null],
      [600, 25],
      [2400, 100],
      [2999, 100],
      [3000, 125],
      [7200, 300],
    ])('%i seconds wait as %s hundredths for a decision', async (seconds, hours) => {
      await learns(seconds);
      expect((await entries()).map((entry) => entry.hours)).toEqual(hours === null ? [] : [hours]);
    });

    it('goes through the usual queue with its proof', async () => {
      await learns(4800);
      expect(await entries()).toMatchObject([
        {
          staffNo: 'E0011',
          state: 'submitted',
          form: 'online',
          from: '2026-11-20',
          title: '意识形态工作专题课',
          proof: '平台学习记录 reg_1',
          submittedBy: 'system',
        },
      ]);
      const clerk = chat.as(people.clerk);
      expect(await clerk.says('审核')).toContain('意识形态工作专题课');
      expect(await clerk.says('审核 1001')).toMatch(/平台学习记录 reg_1[\s\S]*由平台学习记录提交（2 学时）/);
      expect(await clerk.says('审核 1001 通过')).toContain('已');
      expect(await chat.as(people.cadre).says('记录')).toContain('意识形态工作专题课');
      expect(await verifyStore(chat.store, collections)).toMatchObject({ problems: [] });
    });

    it('counts once a registration, whatever became of the entry', async () => {
      await learns(4800);
      await learns(9600);
      await chat.as(people.clerk).says('审核 1001 驳回 没有考核');
      await learns(4800);
      expect(await entries()).toMatchObject([{ state: 'rejected', hours: 200 }]);
      await learns(4800, 'reg_2');
      expect(await entries()).toHaveLength(2);
    });

    it('is nothing for who is retired or not on the roster', async () => {
      await learns(4800, 'reg_1', 'E0014');
      await learns(4800, 'reg_2', 'visitor');
      expect(await entries()).toEqual([]);
    });
  });
});
