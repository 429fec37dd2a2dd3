import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { commands } from '../../commands/index.ts';
import { reflections } from '../../src/domain/reflection.ts';
import { outbox } from '../../src/messenger/outbox.ts';
import { listAll } from '../../src/store/store.ts';
import { openChat, type TestChat } from '../support/chat.ts';
import { college, people } from '../support/college.ts';

let chat: TestChat;
beforeEach(async () => {
  chat = await openChat();
});
afterEach(() => chat.close());

const line = '已私聊回复，请点我的头像查看。';
const strangerLine = '您好，我是学时簿。请点我的头像，在私聊中发送“绑定 工号 姓名”，绑定后即可使用。';

describe('a question that somebody asks in a group', () => {
  it('is answered in their private chat, with one line in the group', async () => {
    expect(await chat.inGroup(people.cadre).says('进度')).toBe(line);
    expect(chat.as(people.cadre).texts()).toHaveLength(1);
    expect(chat.as(people.cadre).last()).toContain('本周期已认定 0 学时');
  });

  it('opens its draft in the private chat, where it goes on', async () => {
    expect(await chat.inGroup(people.cadre).says('登记 3学时 党性教育 昨天 《专题党课》')).toBe(line);
    const cadre = chat.as(people.cadre);
    expect(await cadre.says('学时改成2')).toContain('2 学时');
    expect(await cadre.taps('确认')).toContain('登记号');
  });

  it('may be confirmed from the group, too: the answer is as private as the draft', async () => {
    const inGroup = chat.inGroup(people.cadre);
    await inGroup.says('登记 3学时 党性教育 昨天 《专题党课》');
    expect(await inGroup.says('确认')).toBe(line);
    expect(chat.as(people.cadre).last()).toContain('登记号');
  });

  it('told in one’s own words is nobody else’s business either', async () => {
    const inGroup = chat.inGroup(people.cadre);
    for (const said of ['昨天下午听了专题报告，半天，理论教育', '我没有参加昨天的专题党课', '我还差多少学时']) {
      expect(await inGroup.says(said), said).toBe(line);
    }
    expect(chat.as(people.cadre).texts()).toHaveLength(3);
  });

  it('is refused in private when the role is wrong, without a word of it in the group', async () => {
    expect(await chat.inGroup(people.cadre).says('审核')).toBe(line);
    expect(chat.as(people.cadre).last()).toContain('您的角色没有这项权限');
  });

  it('that was not understood as written is answered in private as well', async () => {
    expect(await chat.inGroup(people.clerk).says('统计 乱七八糟的条件 王芳')).toBe(line);
    expect(chat.as(people.clerk).texts()).toHaveLength(1);
  });

  it('about no person is answered in the group', async () => {
    expect(await chat.inGroup(people.cadre).says('帮助')).toContain('在群里我只介绍用法');
    expect(await chat.inGroup(people.cadre).says('天气不错')).toContain('没有听懂');
    expect(chat.as(people.cadre).texts()).toEqual([]);
  });

  it('keeps a long text that is handed in there whole', async () => {
    const cadre = people.cadre.staffNo;
    await chat.as(people.cadre).says('登记 8学时 理论教育 昨天 《专题培训》 集中培训 确认');
    await chat.as(people.clerk).says('审核 1001 通过');
    const essay = '学习体会'.repeat(300);
    expect(await chat.inGroup(people.cadre).says(`体会 1001 ${essay}`)).toBe(line);
    const handed = await chat.store.read((view) => view.get(reflections, 1001));
    expect(handed).toMatchObject({ staffNo: cadre, state: 'handed-in' });
    const bytes = await chat.store.blobs.get(handed?.blob ?? '');
    expect(Buffer.from(bytes ?? []).toString()).toBe(essay);
  });

  it('is answered once, however often it is delivered', async () => {
    const message = {
      type: 'message',
      messenger: 'simulator',
      id: 'same',
      at: chat.clock.now(),
      sender: { id: 'E0011', userId: 'E0011', name: null, privateChat: 'p:E0011' },
      chat: { id: 'oc_cadres', type: 'group' },
      text: '进度',
      files: [],
    } as const;
    await Promise.all([chat.handle(message), chat.handle(message)]);
    const rows = await chat.store.read((view) => listAll(view, outbox));
    expect(rows.map(({ to }) => to)).toEqual([
      { type: 'person', id: 'E0011' },
      { type: 'chat', id: 'oc_cadres' },
    ]);
  });
});

describe('a button that somebody taps in a group', () => {
  it('is answered in private with a toast, and the card stays', async () => {
    const inGroup = chat.inGroup(people.cadre);
    await inGroup.says('帮助');
    expect(await inGroup.presses({ command: '进度', args: {} })).toBe(line);
    expect(inGroup.texts()).toHaveLength(1);
    expect(chat.as(people.cadre).last()).toContain('本周期已认定');
  });

  it('confirms the private draft whose number it carries, and no other', async () => {
    await chat.as(people.cadre).says('登记 3学时 党性教育 昨天 《专题党课》');
    const confirm = chat.as(people.cadre).button('确认')?.press;
    const inGroup = chat.inGroup(people.cadre);
    expect(await chat.inGroup(people.namesake).presses(confirm)).toBe(line);
    expect(chat.as(people.namesake).last()).toContain('已失效');
    expect(await inGroup.presses(confirm)).toBe(line);
    expect(chat.as(people.cadre).last()).toContain('登记号');
  });

  it('of a stranger gets the one polite line', async () => {
    expect(await chat.inGroup('visitor').presses({ command: '进度', args: {} })).toBe(strangerLine);
    expect(chat.as('visitor').texts()).toEqual([]);
  });
});

describe('a stranger in a group', () => {
  it.each(['进度', '帮助', '绑定 E0011 王芳', '天气不错', '审核 1001 通过', ''])(
    'gets one polite line for “%s”, and nothing in private',
    async (said) => {
      expect(await chat.inGroup('visitor').says(said)).toBe(strangerLine);
      expect(chat.as('visitor').texts()).toEqual([]);
    },
  );

  it('is who has retired, too', async () => {
    expect(await chat.inGroup(people.retired).says('进度')).toBe(strangerLine);
  });
});

describe('whatever is said or tapped in a group', () => {
  const speakers = [...college.map(({ staffNo }) => staffNo), 'visitor'];
  const shownToAll =
    /^(?:已私聊回复，请点我的头像查看。|您好，我是学时簿。请点我的头像|在群里我只介绍用法|没有“|没有听懂|学时和体会只能看本人的|“.*”由.*使用|这张卡片已经过期|帮助|查看|.*。\n可以这样说：)/;
  const words = fc.constantFrom(
    ...commands.flatMap(({ name, aliases, examples }) => [name, ...aliases, ...examples]),
    '王芳还差多少学时',
    '王芳的进度',
    '谁没交体会',
    '昨天我参加了专题党课，3学时，党性教育',
    '我没有参加',
  );
  const acts = fc.record({
    who: fc.constantFrom(...speakers),
    what: fc.oneof(
      words.map((text) => ({ text })),
      fc.constantFrom(...commands.map(({ name }) => name)).map((command) => ({ press: { command, args: {} } })),
    ),
  });

  it('shows no name, no 工号, no figure and no title there', async () => {
    await chat.as(people.cadre).says('登记 3.5学时 党性教育 昨天 《不可外传的党课》 确认');
    await chat.as(people.clerk).says('审核 1001 通过');
    await fc.assert(
      fc.asyncProperty(fc.array(acts, { minLength: 1, maxLength: 8 }), async (list) => {
        for (const { who, what } of list) {
          const window = chat.inGroup(who);
          const said = 'text' in what ? await window.says(what.text) : await window.presses(what.press);
          expect(said, JSON.stringify(what)).toMatch(shownToAll);
        }
        // What was asked may be quoted: everybody there has read it.
        const shown = chat
          .inGroup(people.cadre)
          .texts()
          .join('\n')
          .replaceAll(/“[^”]*”/g, '');
        expect(shown).not.toMatch(/不可外传|3\.5|E00\d\d|本周期|登记号/);
        expect(college.filter(({ name }) => shown.includes(name))).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  it('is answered with one line for every command that concerns a person, whoever asks', async () => {
    for (const command of commands.filter(({ where }) => where === 'private')) {
      for (const person of college.filter(({ state }) => state === 'active')) {
        const window = chat.inGroup(person);
        const before = chat.as(person).texts().length;
        expect(await window.says(command.examples[0] ?? command.name), command.name).toBe(line);
        expect(chat.as(person).texts().length, command.name).toBeGreaterThan(before);
      }
    }
  });
});
