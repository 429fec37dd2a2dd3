import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BotFolder, type BotProcess, makeBotFolder, startBot } from '../support/bot-process.ts';
import { launchBrowser } from '../support/browser.ts';

describe('what goes on behind the chats, in a browser', () => {
  let folder: BotFolder;
  let bot: BotProcess;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    folder = await makeBotFolder();
    bot = await startBot(folder.env);
    browser = await launchBrowser();
    context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' });
    context.setDefaultTimeout(90_000);
    page = await context.newPage();
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    await page.goto(bot.url);
    await page.getByText('还没有消息').first().waitFor();
  });
  afterAll(async () => {
    await browser.close();
    await bot.stop();
    await folder.remove();
  });

  const panel = (): Locator => page.getByRole('complementary', { name: '幕后' });
  const say = async (name: string, words: string): Promise<void> => {
    const input = page
      .getByRole('region', { name: `${name}的会话` })
      .getByRole('textbox')
      .last();
    await input.fill(words);
    await input.press('Enter');
  };

  it('opens with the records, the messages out and the jobs, in Chinese', async () => {
    await page.getByRole('button', { name: '幕后', exact: true }).click();
    await panel().getByText('每日提醒').waitFor();
    await panel()
      .getByText(/第 \d+ 条 · 链 [0-9a-f]{8}/)
      .first()
      .waitFor();
    expect(await panel().innerText()).not.toMatch(/undefined|NaN|\[object/);
  });

  it('shows what has just been done without being asked, and which rows it touched', async () => {
    await say('王芳', '登记 3学时 党性教育 昨天 《专题党课》 确认');
    const record = panel()
      .getByRole('listitem')
      .filter({ hasText: '王芳 “登记”' })
      .filter({ hasText: '学时登记 1 行' });
    await record.first().waitFor();
    await record.first().locator('summary').click();
    await record.first().getByText('写入 学时登记').waitFor();
    await panel()
      .getByText(/已发 \d+/)
      .waitFor();
    expect(await panel().innerText()).not.toContain('专题党课');
  });

  it('reads on to the first record, and keeps what it has read when something new happens', async () => {
    for (let i = 0; i < 31; i += 1) await bot.says('E0001', '进度');
    const first = panel().getByText(/第 1 条 · 链 [0-9a-f]{8}/);
    const earlier = panel().getByRole('button', { name: '更早的记录' });
    await earlier.click();
    await first.waitFor();
    expect(await earlier.count()).toBe(0);
    await say('王芳', '帮助');
    await panel().getByRole('listitem').filter({ hasText: '王芳 “帮助”' }).first().waitFor();
    await first.waitFor();
  });

  it('is open again on the next visit, and closes', async () => {
    await page.reload();
    await panel().getByText('每日备份').waitFor();
    await panel().getByRole('button', { name: '收起幕后' }).click();
    await panel().waitFor({ state: 'detached' });
    await page.reload();
    await page.getByRole('region', { name: '王芳的会话' }).waitFor();
    expect(await panel().count()).toBe(0);
  });

  it('is a sheet of its own on a phone', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByRole('button', { name: '幕后', exact: true }).click();
    await panel().getByText('每日提醒').waitFor();
    expect(await panel().boundingBox()).toMatchObject({ x: 0, y: 0, width: 390, height: 844 });
    await panel().getByRole('button', { name: '收起幕后' }).click();
    expect(await page.evaluate('document.documentElement.scrollWidth - window.innerWidth')).toBeLessThanOrEqual(0);
    expect(complaints).toEqual([]);
  });
});
