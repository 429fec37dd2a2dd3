import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { commands } from '../../commands/index.ts';
import { accounts } from '../../src/bot/people.ts';
import { type Rank, rightsMatrix } from '../../src/bot/rights.ts';
import type { Cadre } from '../../src/domain/cadre.ts';
import { cadres } from '../../src/domain/cadre.ts';
import { outbox } from '../../src/messenger/outbox.ts';
import { listAll } from '../../src/store/store.ts';
import { group, openChat, type TestChat } from '../support/chat.ts';
import { people } from '../support/college.ts';

let chat: TestChat;
beforeEach(async () => {
  chat = await openChat();
});
afterEach(() => chat.close());

describe('a conversation', () => {
  it('answers a stranger once, politely, and with nothing else', async () => {
    const stranger = chat.as('visitor');
    expect(await stranger.says('进度')).toContain('绑定 工号 姓名');
    expect(stranger.texts()).toHaveLength(1);
  });

  it('gives a stranger an example that is nobody', async () => {
    expect(await chat.as('visitor').says('你好')).toContain('绑定 E0999 张三');
  });

  it('tells somebody who has retired why nothing works, in private only', async () => {
    for (const said of ['进度', '帮助', '绑定 E0014 单国华']) {
      expect(await chat.as(people.retired).says(said)).toBe(
        '您在名册中的状态是退休，已停止使用；如有误请联系档案管理员。',
      );
    }
    expect(await chat.inGroup(people.retired).says('帮助')).not.toContain('退休');
  });

  it('answers the account that wrote, and a group in the group', async () => {
    await chat.write((tx) =>
      tx.put(accounts, {
        messenger: 'simulator',
        id: 'second-account',
        staffNo: 'E0011',
        boundAt: chat.clock.now(),
        boundBy: 'E0001',
      }),
    );
    expect(await chat.as('second-account').says('进度')).toContain('本周期已认定');
    expect(chat.as(people.cadre).texts()).toEqual([]);
    const asked = await chat.inGroup(people.cadre).says('帮助');
    expect(asked).toContain('在群里我只介绍用法');
    const rows = await chat.store.read((view) => listAll(view, outbox));
    expect(rows.map(({ to }) => to)).toEqual([
      { type: 'person', id: 'second-account' },
      { type: 'chat', id: group },
    ]);
  });

  it.each([
    ['我还差多少学时', people.cadre, /本周期已认定/],
    ['多少学时了', people.cadre, /本周期已认定/],
    ['谁没交', people.cadre, /没有待交的学习体会/],
    ['谁没交体会', people.clerk, /逾期/],
    ['有没有待审的', people.clerk, /没有待审核的登记/],
    ['待审的有吗', people.cadre, /待办/],
    ['怎么用', people.cadre, /替您记学时/],
    ['谢谢', people.cadre, /^不客气/],
    ['好的，谢谢您！', people.cadre, /^不客气/],
    ['天气不错', people.cadre, /没有听懂.*登记 3学时.*进度.*帮助/],
    ['好的', people.cadre, /没有听懂/],
    ['确认无误', people.cadre, /没有看懂，没有提交/],
  ])('%s is understood as people say it', async (said, person, answer) => {
    expect(await chat.as(person).says(said)).toMatch(answer);
  });

  it.each([
    ['进渡', '进度'],
    ['jindu', '进度'],
    ['登计 3学时', '登记'],
  ])('%s gets the nearest command and an example', async (said, near) => {
    const answer = await chat.as(people.cadre).says(said);
    expect(answer).toContain(`“${near}”`);
    expect(answer).toContain('例如');
  });

  it('reads full-width digits and punctuation', async () => {
    const answer = await chat
      .as(people.cadre)
      .says('登记　３．５学时　党性教育　２０２６－１１－１９　《专题党课》　确认');
    expect(answer).toContain('登记号');
    expect(answer).toContain('3.5 学时');
  });

  it('answers one message with one message, and a repeated delivery with none', async () => {
    const message = {
      type: 'message',
      messenger: 'simulator',
      id: 'same',
      at: chat.clock.now(),
      sender: { id: 'E0011', userId: 'E0011', name: null, privateChat: 'p:E0011' },
      chat: { id: 'p:E0011', type: 'private' },
      text: '登记 3学时 党性教育 昨天 《专题报告》 确认',
      files: [],
    } as const;
    await Promise.all([chat.handle(message), chat.handle(message), chat.handle(message)]);
    await chat.handle(message);
    const rows = await chat.store.read((view) => listAll(view, outbox));
    expect(rows.filter(({ key }) => key === 'answer:simulator:same')).toHaveLength(1);
    expect(await chat.as(people.cadre).says('记录')).toContain('共 1 条');
  });

  it('never shows figures in a group', async () => {
    await chat.as(people.cadre).says('登记 3学时 党性教育 昨天 《专题报告》 确认');
    const inGroup = chat.inGroup(people.cadre);
    for (const command of commands.filter(({ where }) => where === 'private')) {
      const answer = await inGroup.says(command.examples[0] ?? command.name);
      expect(answer, command.name).toMatch(/私聊|由.*使用/);
      expect(answer).not.toMatch(/\d+ 学时/);
    }
    expect(inGroup.texts().length).toBeGreaterThan(5);
    expect(group).toBe('oc_cadres');
  });

  it.each([
    ['a megabyte', '登'.repeat(1_000_000)],
    ['control characters', '\u0000\u0007进度\u001b[31m'],
    ['right-to-left marks', '\u202e进度\u202c'],
    ['prototype keys', '__proto__ constructor'],
    ['a formula', '=cmd|"/c calc"!A0'],
    ['script', '<img src=x onerror=alert(1)>'],
    ['lone surrogates', '\ud800 进度'],
    ['nothing', '   '],
  ])('answers %s with one sentence', async (_, said) => {
    const window = chat.as(people.cadre);
    const answer = await window.says(said);
    expect(answer).not.toBe('');
    expect(answer.length).toBeLessThan(1000);
    expect(window.texts()).toHaveLength(1);
  });

  it('lets every example of every command be read as that command', async () => {
    for (const command of commands) {
      const roles = { private: people.cadre } as const;
      for (const example of command.examples) {
        const answer = await chat.as(roles.private).says(example);
        expect(answer, example).not.toContain('没有听懂');
      }
    }
  });
});

describe('rights', () => {
  const somebody: Record<Exclude<Rank, 'operator'>, Cadre | string> = {
    stranger: 'visitor',
    cadre: people.cadre,
    'unit-head': people.unitHead,
    clerk: people.clerk,
    'department-head': { ...people.head, roles: ['department-head'] },
    archivist: people.archivist,
  };
  const refusal = /没有这项权限|名册里还没有/;

  it.each(rightsMatrix(commands).map((row) => [row.command.name, row] as const))(
    '%s is open to whom the matrix says, by text and by button, and to nobody else',
    async (name, { command, allowed }) => {
      // The head of the department is head of a unit, too: here one role at a time.
      await chat.write((tx) => tx.put(cadres, { ...people.head, roles: ['department-head'] }));
      for (const [rank, person] of Object.entries(somebody)) {
        const window = chat.as(person);
        const said = await window.says(command.examples[0] ?? name);
        const pressed = await window.presses({ command: name, args: {} });
        for (const answer of [said, pressed]) {
          // To a stranger 绑定 without a number, and 帮助, explain themselves with the words that refuse everything else.
          if (rank === 'stranger' && (name === '帮助' || (name === '绑定' && answer === pressed))) continue;
          if (allowed[rank as Rank]) expect(answer, rank).not.toMatch(refusal);
          else expect(answer, rank).toMatch(refusal);
        }
      }
    },
  );
});
