import { describe, expect, it } from 'vitest';
import { commands } from '../../../commands/index.ts';
import { mayUse } from '../../../src/bot/command.ts';
import { menu } from '../../../src/messenger/feishu/menu.ts';
import { openChat } from '../../support/chat.ts';
import { people } from '../../support/college.ts';

const { cadre, unitHead, clerk, head, archivist } = people;
const commandFor = (says: string) => commands.find(({ name }) => name === says);

describe('the menu', () => {
  it.each([
    ['everybody', [cadre, unitHead, clerk, head, archivist], []],
    ['unitHead', [unitHead, head], [cadre, clerk, archivist]],
    ['department', [clerk, head], [cadre, unitHead]],
    ['archivist', [archivist], [cadre, unitHead, clerk, head]],
  ] as const)('has for %s what these people may use', (who, users, others) => {
    for (const { says } of menu[who]) {
      const command = commandFor(says);
      expect({ says, users: users.map((person) => command !== undefined && mayUse(command.who, person)) }).toEqual({
        says,
        users: users.map(() => true),
      });
      for (const person of others) expect([says, mayUse(command?.who ?? [], person)]).toEqual([says, false]);
    }
  });

  it('has each key and each word once, and keys that the platform’s console takes', () => {
    const entries = Object.values(menu).flat();
    expect(new Set(entries.map(({ key }) => key)).size).toBe(entries.length);
    expect(new Set(entries.map(({ says }) => says)).size).toBe(entries.length);
    for (const { key } of entries) expect(key).toMatch(/^[a-z_]{1,40}$/);
  });

  it('has everything that can be asked for without adding a word', async () => {
    // What only means something about the open draft or the card before it, or asks for a number, is said and not pressed.
    const said = [
      '撤销导入',
      '确认考勤',
      ...commands.filter(({ inDialog }) => inDialog !== null).map(({ name }) => name),
    ];
    const offered: string[] = Object.values(menu).flatMap((entries) => entries.map(({ says }) => says));
    expect(
      commands
        .map(({ name }) => name)
        .filter((name) => !offered.includes(name))
        .toSorted(),
    ).toEqual(said.toSorted());
  });

  it('is answered to whoever presses, with what was asked for or with whose it is', async () => {
    const chat = await openChat();
    for (const { says } of Object.values(menu).flat()) {
      for (const person of [cadre, unitHead, clerk, archivist]) {
        const answer = await chat.as(person).says(says);
        const isRefused = new RegExp(`“${says}”由.*使用，您的角色没有这项权限`).test(answer);
        expect({ says, isRefused }).toEqual({ says, isRefused: !mayUse(commandFor(says)?.who ?? [], person) });
        expect(answer).not.toMatch(/没有听懂|没有办成/);
      }
    }
    await chat.close();
  });
});
