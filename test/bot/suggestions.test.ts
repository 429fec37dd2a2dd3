import { afterEach, beforeEach, expect, it } from 'vitest';
import { commands } from '../../commands/index.ts';
import { occasionOf } from '../../src/bot/course/own-places.ts';
import { suggest } from '../../src/bot/suggestions.ts';
import { instantAt } from '../../src/domain/day.ts';
import { openChat, type TestChat } from '../support/chat.ts';
import { people } from '../support/college.ts';
import { attend, openCourse } from '../support/course.ts';

let chat: TestChat;
beforeEach(async () => {
  chat = await openChat();
  await openCourse(chat, { tutor: people.newcomer.staffNo }, [people.cadre]);
});
afterEach(() => chat.close());

const chipsAt = (time: string, me = people.cadre) =>
  chat.store.read(async (view) => {
    const now = instantAt('2026-11-20', time);
    const occasion = await occasionOf(view, me, now, chat.policies.at('2026-11-20'));
    return suggest(commands, me, 'private', occasion).map(({ label }) => label);
  });

it('签到 is offered while it can be done, and 培训 to who has a class', async () => {
  expect(await chipsAt('08:20')).not.toContain('签到');
  expect(await chipsAt('08:20')).toContain('培训');
  expect((await chipsAt('08:40'))[0]).toBe('签到');
  expect(await chipsAt('10:30')).not.toContain('签到');
  await attend(chat, { staffNo: people.cadre.staffNo, state: 'present' });
  expect(await chipsAt('08:40')).not.toContain('签到');
});

it('建班 is offered to who may open a class', async () => {
  expect(await chipsAt('08:20', people.clerk)).toContain('建班');
  expect(await chipsAt('08:20', people.unitHead)).not.toContain('建班');
});

it('班主任 is offered 培训 alone, others neither', async () => {
  expect(await chipsAt('08:40', people.newcomer)).toContain('培训');
  expect(await chipsAt('08:40', people.newcomer)).not.toContain('签到');
  expect(await chipsAt('08:40', people.unitHead)).not.toContain('培训');
});
