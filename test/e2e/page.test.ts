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
    context.setDefaultTimeout(20_000);
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

  it('shows four people’s windows, the bot’s clock and what to try', async () => {
    await windowOf('中层干部学习群').waitFor();
    expect(await page.getByRole('region', { name: /的会话$/ }).count()).toBe(4);
    expect(await page.getByLabel('模拟器的时间').innerText()).toMatch(/2026年11月20日 周五\s*09:0\d\s*工作日/);
    expect(await windowOf('赵敏').innerText()).toContain('经办');
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
    await windowOf('王芳').getByRole('article', { name: '已处理' }).waitFor();
    await page.getByRole('status').getByText('已收到').waitFor();
    expect(await windowOf('王芳').getByRole('article', { name: '学时进度' }).count()).toBe(0);
  });

  it('fills a form by keyboard and mouse, and asks for what is missing', async () => {
    await windowOf('王芳').getByRole('button', { name: '表单' }).click();
    const form = windowOf('王芳').getByRole('article', { name: '登记培训' });
    await form.getByRole('button', { name: '提交' }).click();
    expect(await form.locator('input:invalid').count()).toBe(1);
    await form.getByLabel('培训名称').fill('《专题党课》');
    await form.getByLabel('日期').fill('2026-11-18');
    await form.getByRole('radio', { name: '理论教育' }).check();
    await form.getByLabel('方式').selectOption('在线学习');
    await form.getByRole('checkbox', { name: '张三' }).check();
    await form.getByRole('checkbox', { name: '王五' }).check();
    await form.getByLabel('备注').fill('两行\n字');
    await form.getByRole('button', { name: '提交' }).click();
    const done = windowOf('王芳').getByRole('article', { name: '已处理' });
    await done.waitFor();
    expect(await done.locator('.note').innerText()).toBe(
      JSON.stringify({
        title: '《专题党课》',
        from: '2026-11-18',
        content: 'theory',
        form: '在线学习',
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
