import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/config.ts';
import { type BotFolder, type BotProcess, makeBotFolder, runCli, startBot } from '../support/bot-process.ts';
import { launchBrowser } from '../support/browser.ts';

/** `PICTURES=1` takes the READMEs' pictures on the way. */
const pictures = process.env['PICTURES'] === undefined ? null : path.join(packageRoot, 'docs/images');

describe('a month in the sample college, in a browser', () => {
  let folder: BotFolder;
  let bot: BotProcess;
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    folder = await makeBotFolder();
    bot = await startBot(folder.env);
    browser = await launchBrowser();
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' });
    context.setDefaultTimeout(90_000);
    page = await context.newPage();
    page.on('pageerror', (error) => complaints.push(String(error)));
    await page.goto(bot.url);
    await page.getByText('还没有消息').first().waitFor();
    await page.getByRole('button', { name: '不用了' }).click();
  });
  afterAll(async () => {
    await browser.close();
    await bot.stop();
    await folder.remove();
  });

  const windowOf = (name: string): Locator => page.getByRole('region', { name: `${name}的会话` });
  const say = async (name: string, words: string): Promise<void> => {
    const input = windowOf(name).getByRole('textbox').last();
    await input.fill(words);
    await input.press('Enter');
  };
  const press = (name: string, label: string): Promise<void> =>
    windowOf(name).getByRole('button', { name: label, exact: true }).last().click();
  const seen = (name: string, words: string | RegExp): Promise<void> =>
    windowOf(name).getByText(words).last().waitFor();
  const textOf = (name: string): Promise<string> => windowOf(name).innerText();
  const picture = async (name: string): Promise<void> => {
    if (pictures === null) return;
    await mkdir(pictures, { recursive: true });
    await page.locator('.toast').last().waitFor({ state: 'detached' });
    await page.screenshot({ path: path.join(pictures, `${name}.png`) });
  };

  it('begins with a cadre, the clerk, a unit head and the group', async () => {
    const names = await page
      .getByRole('region', { name: /的会话$/ })
      .evaluateAll((regions) => regions.map((region) => region.getAttribute('aria-label')));
    expect(names).toHaveLength(4);
    expect(names).toContain('王芳的会话');
    expect(names).toContain('赵敏的会话');
    expect(names).toContain('中层干部学习群的会话');
  });

  it('logs hours, approves them, and shows them in the progress', async () => {
    await say('王芳', '进度');
    await seen('王芳', '五年学时');
    const before = Number(/已认定 ([\d.]+) 学时/.exec(await textOf('王芳'))?.[1]);
    await say('王芳', '登记 3学时 党性教育 昨天 《专题党课》');
    await seen('王芳', '请核对登记内容');
    await press('王芳', '确认');
    await seen('王芳', '已提交，等待组织部审核');
    await say('赵敏', '审核');
    await seen('赵敏', /王芳/);
    await picture('simulator');
    await press('赵敏', '通过');
    await seen('王芳', '学时已认定');
    await say('王芳', '进度');
    await seen('王芳', `本周期已认定 ${before + 3} 学时，待审核 0 学时`);
  });

  it('hands in a reflection by form, and the clerk accepts it', async () => {
    await say('王芳', '体会');
    const button = windowOf('王芳')
      .getByRole('button', { name: /^提交 \d+$/ })
      .last();
    const entry = /\d+/.exec(await button.innerText())?.[0];
    await button.click();
    await windowOf('王芳')
      .locator('textarea[maxlength]')
      .last()
      .fill('通过学习，我对办学治院有了新的认识。'.repeat(80));
    await press('王芳', '提交');
    await seen('王芳', new RegExp(`已收到登记号 ${entry}`));
    await say('赵敏', '体会 待阅');
    await seen('赵敏', /王芳.*登记号/);
    await press('赵敏', '通过');
    await seen('王芳', /学习体会已通过/);
  });

  it('moves the clock, and reminders reach those who owe something, on working days only', async () => {
    await page.getByRole('button', { name: '到月底' }).click();
    await page.getByLabel('模拟器的时间').getByText('2026年11月30日').waitFor();
    await page.getByRole('button', { name: '到下月首个工作日' }).waitFor();
    const reminded = (await bot.state()).people.filter(({ state }) => state === 'active');
    const days = new Set<string>();
    let count = 0;
    for (const { id } of reminded) {
      for (const { reply, at } of await bot.history(`p:${id}`)) {
        if (reply?.type !== 'card' || reply.card.title !== '今日提醒') continue;
        count += 1;
        days.add(new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 10));
      }
    }
    expect(count).toBeGreaterThan(20);
    // Saturdays and Sundays of these ten days.
    for (const off of ['2026-11-21', '2026-11-22', '2026-11-28', '2026-11-29']) expect(days).not.toContain(off);
  });

  it('posts the bulletin with its chart to the group on the first working day, without anybody’s name', async () => {
    await page.getByRole('button', { name: '到下月首个工作日' }).click();
    await page.getByLabel('模拟器的时间').getByText('2026年12月1日').waitFor();
    await seen('中层干部学习群', '2026年11月干部教育培训情况通报');
    await windowOf('中层干部学习群').locator('svg').last().waitFor();
    const bulletin = await textOf('中层干部学习群');
    for (const { name, state } of (await bot.state()).people) {
      if (state === 'active') expect(bulletin.replaceAll('发言人', ''), name).not.toContain(`${name}（`);
    }
    await picture('bulletin');
  });

  it('fits a phone', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    const overflow: unknown = await page.evaluate('document.documentElement.scrollWidth - window.innerWidth');
    expect(overflow).toBeLessThanOrEqual(0);
    await picture('phone');
    expect(complaints).toEqual([]);
  });

  it('leaves a ledger that verifies', async () => {
    expect((await bot.stop()).code).toBe(0);
    const { code, stdout } = await runCli(['verify'], folder.env);
    expect(code, stdout).toBe(0);
  });
});
