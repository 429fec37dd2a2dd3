import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { openSimulatorPage, type SimulatorPage } from '../support/simulator-page.ts';

describe('the simulator’s page in a browser', () => {
  let browser: Browser;
  let site: SimulatorPage;
  let context: BrowserContext;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    site = await openSimulatorPage();
    await openPage(1440, 900);
  });
  afterEach(async () => {
    await context.close();
    await site.close();
    // Neither a script error nor anything that the content policy had to stop.
    expect(complaints).toEqual([]);
  });

  async function openPage(width: number, height: number): Promise<void> {
    complaints = [];
    context = await browser.newContext({ viewport: { width, height }, locale: 'zh-CN' });
    context.setDefaultTimeout(90_000);
    page = await context.newPage();
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => {
      const isExpected = message.text().includes('Failed to load resource');
      if (message.type() === 'error' && !isExpected) complaints.push(message.text());
    });
    page.on('dialog', (dialog) => complaints.push(`dialog: ${dialog.message()}`));
    await page.goto(site.url);
    await page.getByText('还没有消息').first().waitFor();
  }
  const windowOf = (name: string): Locator => page.getByRole('region', { name: `${name}的会话` });
  const say = async (name: string, words: string): Promise<void> => {
    const input = windowOf(name).getByRole('textbox').last();
    await input.fill(words);
    await input.press('Enter');
  };
  const answer = (name: string, words: string): Promise<void> => windowOf(name).getByText(words).first().waitFor();
  const draw = (sign: string): Promise<unknown> =>
    page.evaluate(`{
      const canvas = document.createElement('canvas');
      const pen = canvas.getContext('2d');
      pen.font = '64px ' + getComputedStyle(document.body).fontFamily;
      pen.fillText('${sign}', 0, 64);
      canvas.toDataURL();
    }`);

  it('shows four people’s windows, the bot’s clock and what to try', async () => {
    await windowOf('中层干部学习群').waitFor();
    expect(await page.getByRole('region', { name: /的会话$/ }).count()).toBe(4);
    expect(await page.getByLabel('模拟器的时间').innerText()).toMatch(/2026年11月20日 周五\s*09:0\d\s*工作日/);
    expect(await windowOf('赵敏').innerText()).toContain('经办');
    await answer('王芳', '登记之后，到经办的窗口里审核');
    await answer('赵敏', '发“审核”，看待审核的登记');
    await answer('欧阳明月', '本单位有人逾期未交体会时');
    await answer('中层干部学习群', '群里要 @学时簿 它才会回答');
  });

  it('loads its Chinese font from the package and nothing from elsewhere', async () => {
    const foreign: string[] = [];
    page.on('request', (request) => {
      if (!request.url().startsWith(site.url)) foreign.push(request.url());
    });
    await page.reload();
    await page.getByText('还没有消息').first().waitFor();
    await page.evaluate('document.fonts.ready');
    expect(await page.evaluate(`document.fonts.check('16px "Noto Sans SC Variable"', '学时簿')`)).toBe(true);
    expect(foreign).toEqual([]);
  });

  it('draws the rare hanzi of people’s names, and fetches their slices only then', async () => {
    const rare = {
      '20000-323af': '𬀩',
      '3400-3fff': '㛃',
      '4000-4dbf': '䶮',
      '4e00-5fff': '佖',
      '6000-6fff': '愃',
      '7000-7fff': '焃',
      '8000-8fff': '聭',
      '9000-9fff': '郠',
    };
    const fetched: string[] = [];
    page.on('request', (request) => {
      const [, slice] = /rare-hanzi-(\w+-\w+)-/.exec(request.url()) ?? [];
      if (slice) fetched.push(slice);
    });
    await say('王芳', '欧阳犇堃、赵赟頔');
    await answer('王芳', '您说：欧阳犇堃、赵赟頔');
    await page.evaluate('document.fonts.ready');
    expect(fetched).toEqual([]);
    const slices = Object.keys(rare).map((slice) => page.waitForResponse((response) => response.url().includes(slice)));
    await say('王芳', Object.values(rare).join(''));
    await Promise.all(slices);
    await page.evaluate('document.fonts.ready');
    expect(fetched.sort()).toEqual(Object.keys(rare));
    // No two alike, and none like what stands for a character that no font has.
    const drawings = await Promise.all(['\u{10fffd}', ...Object.values(rare)].map(draw));
    expect(new Set(drawings).size).toBe(drawings.length);
  });

  it('sends with Enter, breaks lines with Shift+Enter and shows the answer', async () => {
    const input = windowOf('王芳').getByRole('textbox').last();
    await input.fill('第一行');
    await input.press('Shift+Enter');
    await input.pressSequentially('第二行');
    await input.press('Enter');
    await answer('王芳', '您说：第一行\n第二行');
    expect(await input.inputValue()).toBe('');
    await page.reload();
    await answer('王芳', '您说：第一行\n第二行');
  });

  it('sends nothing while an input method is composing', async () => {
    const input = windowOf('王芳').getByRole('textbox').last();
    await input.fill('xueshi');
    await input.dispatchEvent('keydown', { key: 'Enter', isComposing: true });
    expect(await input.inputValue()).toBe('xueshi');
  });

  it('shows hostile words as words', async () => {
    const hostile = '<img src=x onerror="alert(1)"><script>alert(2)</script> javascript:alert(3) **粗**';
    await say('王芳', hostile);
    await answer('王芳', '您说：<img src=x onerror="alert(1)"><script>alert(2)</script> javascript:alert(3)');
    expect(await windowOf('王芳').locator('.bubble img, .bubble script, .bubble a').count()).toBe(0);
    expect(await windowOf('王芳').locator('.bubble strong').first().innerText()).toBe('粗');
  });

  it('shows every block of a card', async () => {
    await windowOf('王芳').getByRole('button', { name: '卡片' }).click();
    const card = windowOf('王芳').getByRole('article', { name: '学时进度' });
    await card.waitFor();
    const bar = card.getByRole('progressbar', { name: '五年累计' });
    expect(await bar.getAttribute('aria-valuenow')).toBe('372.5');
    expect(await card.locator('.mark').count()).toBe(1);
    expect(await card.getByRole('row').count()).toBe(4);
    expect(await card.locator('dt').allInnerTexts()).toEqual(['还差', '专业化能力培训', '理论与党性教育']);
    expect(await card.getByRole('button').allInnerTexts()).toEqual(['登记培训', '看记录', '撤回 1004']);
  });

  it('draws charts with Chinese words that a screen reader can hear', async () => {
    await windowOf('中层干部学习群').getByRole('button', { name: '图表' }).click();
    const chart = windowOf('中层干部学习群').getByRole('img', { name: /各单位人均学时/ });
    await chart.waitFor();
    expect(await chart.locator('svg text').allTextContents()).toContain('马克思主义学院');
    expect(await chart.getAttribute('aria-label')).toContain('体育部：3');
  });

  it('asks before a press that asks for it, and replaces the card', async () => {
    await windowOf('王芳').getByRole('button', { name: '卡片' }).click();
    await windowOf('王芳').getByRole('button', { name: '撤回 1004' }).click();
    const question = page.getByRole('dialog');
    expect(await question.innerText()).toContain('撤回后需要重新登记');
    await question.getByRole('button', { name: '取消' }).click();
    expect(await windowOf('王芳').getByRole('article', { name: '学时进度' }).count()).toBe(1);
    await windowOf('王芳').getByRole('button', { name: '撤回 1004' }).click();
    await question.getByRole('button', { name: '撤回 1004' }).click();
    // The keyboard goes on from the new card, which needs no other words.
    await windowOf('王芳').locator('li:focus').getByRole('article', { name: '已处理' }).waitFor();
    expect(await windowOf('王芳').getByRole('article', { name: '学时进度' }).count()).toBe(0);
    expect(await page.locator('.toast').count()).toBe(0);
  });

  it('says why a tap was refused below what was tapped, and other words above the input', async () => {
    await say('赵敏', '清单');
    const card = windowOf('赵敏').getByRole('article', { name: '学时记录' });
    await card.getByRole('button', { name: '撤回' }).click();
    await card.getByRole('alert').getByText('这一条已经审核过了。').waitFor();
    await card.getByRole('button', { name: '更早' }).click();
    await windowOf('赵敏').getByRole('status').getByText('没有更早的记录。').waitFor();
    expect(await card.getByRole('alert').count()).toBe(0);
  });

  it('lists what is too wide for a table, and spreads buttons evenly', async () => {
    await say('王芳', '清单');
    const card = windowOf('王芳').getByRole('article', { name: '学时记录' });
    await card.waitFor();
    const rows = await card.getByRole('listitem').allInnerTexts();
    expect(rows.map((row) => row.split(/\s+/))).toEqual([
      [
        '党的二十届四中全会精神集中轮训班（第三期）',
        '24',
        '学时',
        '登记号',
        '1004',
        '11月16日至18日',
        '理论教育',
        '已认定',
      ],
      ['警示教育大会', '3.5', '学时', '登记号', '1003', '11月11日', '党性教育', '待审核'],
    ]);
    const lines = await card
      .getByRole('button')
      .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().top));
    expect([...new Set(lines)].map((top) => lines.filter((line) => line === top).length)).toEqual([3, 2, 2]);
  });

  it('shows a table in full, a very long one from its button on, and strikes out what counts for nothing', async () => {
    await say('王芳', '长表');
    const card = windowOf('王芳').getByRole('article', { name: '各单位学时' });
    await card.waitFor();
    const rows = card.locator('tbody tr');
    expect(await rows.count()).toBe(20);
    expect(await card.locator('.table').evaluate(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight)).toBe(
      0,
    );
    const lineOf = (text: string): Promise<unknown> =>
      page.evaluate(
        `getComputedStyle([...document.querySelectorAll('.table td')].find((cell) => cell.textContent === '${text}')).textDecorationLine`,
      );
    expect([await lineOf('第2学院'), await lineOf('第3学院'), await lineOf('已撤回')]).toEqual([
      'line-through',
      'none',
      'none',
    ]);
    await card.getByRole('button', { name: '还有 11 行，展开' }).click();
    expect(await rows.count()).toBe(31);
    await card.getByRole('button', { name: '收起' }).click();
    expect(await rows.count()).toBe(20);
  });

  it('keeps a day and a number with its unit on one line', async () => {
    await say('王芳', '请于2026年11月26日前交 2 篇体会（登记号 1001），已等 3.5 个工作日');
    const bubble = windowOf('王芳').locator('.other .bubble').last();
    const unbroken = ['2026年11月26日', '2 篇', '登记号 1001', '3.5 个工作日'];
    await expect.poll(() => bubble.locator('.unbroken').allInnerTexts(), { timeout: 10_000 }).toEqual(unbroken);
  });

  it('fills a form by keyboard and mouse, and asks for what is missing', async () => {
    await windowOf('王芳').getByRole('button', { name: '表单' }).click();
    const form = windowOf('王芳').getByRole('article', { name: '登记培训' });
    await form.getByRole('button', { name: '提交' }).click();
    expect(await form.locator('input:invalid').count()).toBe(1);
    await form.getByRole('alert').getByText('请写在《》里。').waitFor();
    const title = form.getByRole('textbox', { name: '培训名称' });
    expect(await title.getAttribute('aria-invalid')).toBe('true');
    expect(await title.getAttribute('aria-describedby')).toBe(await form.getByRole('alert').getAttribute('id'));
    await form.getByLabel('培训名称').fill('《专题党课》');
    await form.getByText('11月19日 周四').waitFor();
    await form.getByLabel('日期').fill('2026-11-18');
    await form.getByText('11月18日 周三').waitFor();
    await form.getByRole('radio', { name: '理论教育' }).check();
    await form.getByRole('checkbox', { name: '张三' }).check();
    await form.getByRole('checkbox', { name: '王五' }).check();
    await form.getByText('0 字，至少 5 字').waitFor();
    await form.getByLabel('备注').fill('两行\n字');
    await form.getByText('3 字，至少 5 字').waitFor();
    await form.getByRole('button', { name: '提交' }).click();
    const done = windowOf('王芳').getByRole('article', { name: '已处理' });
    await done.waitFor();
    expect(await done.locator('.note').innerText()).toBe(
      JSON.stringify({
        title: '《专题党课》',
        from: '2026-11-18',
        content: 'theory',
        who: ['E1', 'E3'],
        note: '两行\n字',
      }),
    );
  });

  it('sends a file up and takes one down', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'xueshibu-upload-'));
    await writeFile(join(folder, '名册 (1).xlsx'), 'ABC');
    await windowOf('赵敏').locator('input[type=file]').setInputFiles(join(folder, '名册 (1).xlsx'));
    await answer('赵敏', '收到 3 字节');
    const download = page.waitForEvent('download');
    await windowOf('赵敏')
      .getByRole('link', { name: /回执-名册/ })
      .click();
    const file = await download;
    expect(file.suggestedFilename()).toBe('回执-名册 (1).xlsx');
    await file.saveAs(join(folder, 'down'));
    expect(await readFile(join(folder, 'down'), 'utf8')).toBe('ABC');
    await rm(folder, { recursive: true });
  });

  it('shows a picture as a picture, to be taken down as well', async () => {
    const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
    const buffer = Buffer.from(pixel, 'base64');
    const input = windowOf('赵敏').locator('input[type=file]');
    await input.setInputFiles({ name: '图.png', mimeType: 'image/png', buffer });
    const picture = windowOf('赵敏').getByRole('img', { name: '图片：回执-图.png' });
    await picture.waitFor();
    await expect.poll(() => picture.evaluate((one) => Reflect.get(one, 'naturalWidth'))).toBe(1);
    await windowOf('赵敏')
      .getByRole('link', { name: /回执-图/ })
      .waitFor();
  });

  it('filters a long list of choices, and ticks what is shown all at once', async () => {
    await say('王芳', '长表单');
    const form = windowOf('王芳').getByRole('article', { name: '选人' });
    await form.getByRole('searchbox', { name: '筛选参加人员' }).fill('2');
    expect(await form.getByRole('checkbox').filter({ visible: true }).count()).toBe(8);
    await form.getByRole('button', { name: '全选', exact: true }).click();
    await form.getByRole('searchbox').fill('25');
    await form.getByRole('button', { name: '全不选' }).click();
    await form.getByRole('searchbox').fill('');
    await form.getByRole('button', { name: '提交' }).click();
    const done = windowOf('王芳').getByRole('article', { name: '已处理' });
    await done.waitFor();
    expect(JSON.parse(await done.locator('.note').innerText())).toEqual({
      who: ['2', '12', '20', '21', '22', '23', '24'],
    });
  });

  it('speaks in the group as somebody, naming the bot', async () => {
    const group = windowOf('中层干部学习群');
    await group.getByLabel('发言人').selectOption({ label: '赵敏' });
    await say('中层干部学习群', '帮助');
    await answer('中层干部学习群', '您说：帮助');
    const { messages } = await site.desk.chat('oc_cadres');
    expect(messages[0]).toMatchObject({ from: { id: 'E0003', name: '赵敏' }, text: '@学时簿 帮助' });
  });

  it('folds a long text and opens it again', async () => {
    await say('王芳', '体会'.repeat(1000));
    const own = windowOf('王芳').locator('.own .bubble');
    await own.getByRole('button', { name: '展开全文（共 2,000 字）' }).click();
    expect((await own.innerText()).length).toBeGreaterThan(2000);
    await own.getByRole('button', { name: '收起' }).click();
    expect((await own.innerText()).length).toBeLessThan(700);
  });

  it('moves the clock and shows what came meanwhile', async () => {
    await page.getByRole('button', { name: '到某日' }).click();
    await page.getByRole('dialog').locator('input[type=date]').fill('2026-11-25');
    await page.getByRole('dialog').getByRole('button', { name: '快进' }).click();
    await page.getByRole('status').getByText('现在是 11月25日 周三 09:00').waitFor();
    for (const day of ['2026-11-21', '2026-11-25']) await answer('赵敏', `早上好，今天是${day}`);
    await windowOf('赵敏')
      .getByRole('img', { name: /条未读/ })
      .waitFor();
    await windowOf('赵敏').getByRole('textbox').last().focus();
    await windowOf('赵敏')
      .getByRole('img', { name: /条未读/ })
      .waitFor({ state: 'detached' });
    await page.getByRole('button', { name: '到月底' }).click();
    await page.getByRole('button', { name: '到下月首个工作日' }).click();
    await page.getByRole('status').getByText('现在是 12月1日 周二 10:00').waitFor();
  });

  it('begins anew after a reset that was asked for twice', async () => {
    await say('王芳', '进度');
    await answer('王芳', '您说：进度');
    await page.getByRole('button', { name: '1 天', exact: true }).click();
    await page.getByRole('status').getByText('现在是').waitFor();
    await page.getByRole('button', { name: '重置' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '重置' }).click();
    await page.getByRole('status').getByText('已重置').waitFor();
    await windowOf('王芳').getByText('还没有消息').waitFor();
    expect(await page.getByLabel('模拟器的时间').innerText()).toContain('11月20日');
  });

  it('finds people by name, unit or number and opens strangers, too', async () => {
    const search = page.getByRole('dialog').getByRole('combobox');
    const open = async (words: string): Promise<void> => {
      await page.getByRole('button', { name: '打开会话' }).click();
      await search.fill(words);
      await search.press('Enter');
      await search.waitFor({ state: 'detached' });
    };
    await open('外国语');
    await windowOf('王芳').nth(1).waitFor();
    await page.getByRole('button', { name: '打开会话' }).click();
    await search.fill('X-77');
    expect(await page.getByRole('dialog').getByRole('option').count()).toBe(1);
    await search.press('Enter');
    await say('X-77', '你好');
    await answer('X-77', '您说：你好');
    await page.getByRole('button', { name: '关闭X-77的会话' }).click();
    await page.reload();
    await windowOf('王芳').nth(1).waitFor();
    expect(await windowOf('X-77').count()).toBe(0);
  });

  it('says in words why something was refused, and keeps what was written', async () => {
    await page.route('**/simulator/message', (route) =>
      route.fulfill({ status: 503, body: '现在记不了账，请稍后再试。\n' }),
    );
    await say('王芳', '进度');
    await page.getByRole('status').getByText('现在记不了账，请稍后再试。').waitFor();
    expect(await windowOf('王芳').getByRole('textbox').last().inputValue()).toBe('进度');
  });

  it('shows one window at a time on a phone, with tabs and dots', async () => {
    await context.close();
    await openPage(390, 844);
    const shown = page.getByRole('region', { name: /的会话$/ });
    expect(await shown.filter({ visible: true }).count()).toBe(1);
    const tabs = page.getByRole('navigation', { name: '会话' });
    await tabs.getByRole('button', { name: '赵敏' }).click();
    await say('赵敏', '帮助');
    await answer('赵敏', '您说：帮助');
    await page.getByRole('button', { name: '1 天', exact: true }).click();
    await tabs.getByRole('button', { name: /欧阳明月.*未读/ }).waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
    await page.getByRole('button', { name: '打开会话' }).click();
    await page.getByRole('dialog').getByRole('combobox').fill('沈建国');
    await page.keyboard.press('Enter');
    const opened = await tabs.getByRole('button', { name: '沈建国' }).boundingBox();
    expect((opened?.x ?? 390) + (opened?.width ?? 0)).toBeLessThanOrEqual(390);
  });

  it('can be used without a mouse', async () => {
    const focused = (): Promise<string> => page.locator(':focus').innerText();
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('1 小时');
    for (const leave of ['Escape', 'Enter']) {
      await page.getByRole('button', { name: '重置' }).focus();
      await page.keyboard.press('Enter');
      await page.getByRole('dialog').locator(':focus').waitFor();
      if (leave === 'Enter') await page.keyboard.press('Shift+Tab');
      await page.keyboard.press(leave);
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      expect((await focused()).trim()).toBe('重置');
    }
  });
});
