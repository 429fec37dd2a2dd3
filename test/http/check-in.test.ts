import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkInSecrets, codeNow } from '../../src/bot/course/check-in-code.ts';
import { createCheckInLook } from '../../src/bot/course/check-in-page.ts';
import { instantAt } from '../../src/domain/day.ts';
import { createApp } from '../../src/http/app.ts';
import { type Listening, listen } from '../../src/http/server.ts';
import { chatLink } from '../../src/messenger/feishu/chat-link.ts';
import { openChat, type TestChat } from '../support/chat.ts';
import { people } from '../support/college.ts';
import { makeSession, openCourse } from '../support/course.ts';

let chat: TestChat;
let server: Listening;
beforeEach(async () => {
  chat = await openChat();
  const look = createCheckInLook({ store: () => chat.store, policies: chat.policies, clock: () => chat.clock });
  const app = createApp({
    health: () => ({ ready: true, reasons: [] }),
    metrics: async () => '',
    log: { error: (fields) => process.stderr.write(`${JSON.stringify(fields)}\n`) },
    stopping: new AbortController().signal,
    checkIn: { look, chatLink: null, pageOf: (token) => `https://bot.example.edu.cn/check-in/${token}` },
  });
  server = await listen(app, '127.0.0.1', 0);
  await openCourse(
    chat,
    { title: '党性<教育>专题班', sessions: [makeSession(), makeSession({ no: 2, start: '14:00', end: '17:00' })] },
    [people.cadre, people.namesake],
  );
  await chat.as(people.clerk).says('签到码 1001 第1课次');
});
afterEach(async () => {
  await server.close(100);
  await chat.close();
});

const get = (path: string) => fetch(`http://127.0.0.1:${server.port}${path}`);
const secretOf = () =>
  chat.store.read(async (view) => {
    const row = await view.get(checkInSecrets, '1001:1');
    if (row === undefined) throw new Error('no code has been shown');
    return row;
  });

describe('the page for the projector', () => {
  it('shows the code of the minute, how many are there, and no names', async () => {
    const row = await secretOf();
    const { code } = codeNow(row, chat.clock.now());
    await chat.as(people.cadre).says(`签到 ${code}`);
    const answer = await get(`/check-in/${row.token}`);
    const page = await answer.text();
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(page).toContain(`${code.slice(0, 3)} ${code.slice(3)}`);
    expect(page).toContain('已到 1 / 应到 2');
    expect(page).toContain('党性&#60;教育&#62;专题班');
    expect(page).toContain('http-equiv="refresh"');
    expect(page).not.toContain('王芳');
    expect(page).not.toContain(row.secret);
  });

  it('renews itself no later than the code changes', async () => {
    const { token } = await secretOf();
    chat.clock.set('2026-11-20T01:00:58.000Z');
    expect(await (await get(`/check-in/${token}`)).text()).toContain('content="2"');
  });

  it('brings its picture and its style', async () => {
    const { token } = await secretOf();
    const picture = await get(`/check-in/${token}/qr.svg`);
    expect(picture.headers.get('content-type')).toContain('image/svg+xml');
    expect(await picture.text()).toMatch(/^<svg /);
    expect((await get('/check-in/style.css')).headers.get('content-type')).toContain('text/css');
  });

  it('is gone for whoever guesses, on another day, and when the attendance is settled', async () => {
    const { token } = await secretOf();
    for (const guess of ['x'.repeat(32), 'x', '', `${token}x`, `${token}/../..`, `${token}/secret`]) {
      expect((await get(`/check-in/${guess}`)).status).toBe(404);
    }
    chat.clock.set(instantAt('2026-11-20', '12:00'));
    await chat
      .as(people.clerk)
      .presses({ command: '考勤', args: { id: 1001, no: 1, version: 1, settle: true, confirmed: true } });
    expect(await (await get(`/check-in/${token}`)).text()).toContain('请由经办重新发送“签到码”');
    await chat.as(people.clerk).says('签到码 1001 第2课次');
    const other = await chat.store.read((view) => view.get(checkInSecrets, '1001:2'));
    expect((await get(`/check-in/${other?.token}`)).status).toBe(200);
    chat.clock.set(instantAt('2026-11-21', '00:00'));
    expect((await get(`/check-in/${other?.token}`)).status).toBe(404);
  });
});

describe('the link that opens the chat', () => {
  it.each([
    ['https://open.feishu.cn', 'https://applink.feishu.cn/client/bot/open?appId=cli_1'],
    ['https://open.larksuite.com', 'https://applink.larksuite.com/client/bot/open?appId=cli_1'],
    ['https://feishu.example.edu.cn', null],
  ])('of %s is %s', (domain, link) => {
    expect(chatLink({ appId: 'cli_1', domain })).toBe(link);
  });
});
