import { expect, test } from 'vitest';
import { countOpen } from '../../src/bot/open-matters.ts';
import { type Cadre, cadres } from '../../src/domain/cadre.ts';
import { openChat } from '../support/chat.ts';
import { people } from '../support/college.ts';
import { makeSession, openCourse } from '../support/course.ts';
import { train } from '../support/training.ts';

test('what a reminder counts as open is what 待办 lists', async () => {
  const chat = await openChat();
  await train(chat, people.cadre, { form: 'intensive', title: '专题班' });
  await train(chat, people.cadre, { title: '待审的培训' }, 'waiting');
  await openCourse(chat, { sessions: [makeSession({ day: '2026-11-19' })] }, [people.cadre]);
  const everything: Cadre = { ...people.unitHead, roles: ['clerk', 'archivist'] };
  await chat.write((tx) => tx.put(cadres, everything));
  await chat.as('visitor').says('绑定 E0012 王芳');
  const counts = new Map<string, number>();
  for (const me of [people.cadre, people.archivist, everything]) {
    const open = await chat.store.read((view) => countOpen(view, me, chat.policies, '2026-11-20'));
    counts.set(me.staffNo, open);
    expect(await chat.as(me).says('待办')).toContain(`您有 ${open} 项待办`);
  }
  expect(chat.as(everything).last()).toContain('培训班 1001《党性教育专题班》：1 个课次待确认考勤');
  expect([...counts.values()].every((open) => open > 0)).toBe(true);
  await chat.close();
});
