import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type BotFolder, type BotProcess, makeBotFolder, startBot } from '../support/bot-process.ts';
import { launchBrowser } from '../support/browser.ts';

describe('the walk for newcomers, in a browser', () => {
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
  });
  afterAll(async () => {
    await browser.close();
    await bot.stop();
    await folder.remove();
  });
  afterEach(async () => {
    await context.close();
    expect(complaints).toEqual([]);
  });

  const visit = async (width: number, height: number): Promise<void> => {
    context = await browser.newContext({ viewport: { width, height }, locale: 'zh-CN' });
    context.setDefaultTimeout(90_000);
    page = await context.newPage();
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    await page.goto(bot.url);
    await tour().waitFor();
  };
  const tour = (): Locator => page.getByRole('region', { name: '带我看看' });
  const tap = (label: string): Promise<void> => tour().getByRole('button', { name: label, exact: true }).click();
  const isAt = (step: number, of = 7): Promise<void> =>
    tour()
      .getByRole('img', { name: `第 ${step} 步，共 ${of} 步` })
      .waitFor();
  const windowOf = (name: string): Locator => page.getByRole('region', { name: `${name}的会话` });
  const say = async (name: string, words: string): Promise<void> => {
    const input = windowOf(name).getByRole('textbox').last();
    await input.fill(words);
    await input.press('Enter');
  };
  const cards = (name: string, title: string | RegExp): Locator => windowOf(name).getByRole('article', { name: title });

  // On a busy machine a click may meet a card just as it is drawn anew, and is lost as it would be to anybody: then once more.
  describe('on a wide screen', { retry: 1 }, () => {
    beforeEach(() => visit(1440, 900));

    it('does each step for the visitor, from a sentence to the records behind it, and survives a reload', async () => {
      const other = (await bot.state()).people.find(({ id, roles }) => id !== 'E0001' && roles.length === 0);
      if (other === undefined) throw new Error('nobody else is there');
      await bot.says(other.id, '登记 1学时 知识培训 11月14日 《公文写作》 确认');
      await tour().getByText('第一次来？').waitFor();
      await tap('开始');
      await isAt(1);
      await tap('替我说');
      await isAt(2);
      await cards('王芳', '请核对登记内容').last().waitFor();
      await page.reload();
      await isAt(2);
      await tap('替我按');
      await isAt(3);
      await cards('王芳', '已提交，等待组织部审核').last().waitFor();
      await tap('替我说');
      await isAt(4);
      // Somebody else waits longer, on the same card: it is not that one that is approved.
      await windowOf('赵敏').getByText(other.name).first().waitFor();
      await tap('替我按');
      await isAt(5);
      await cards('赵敏', '待审核的登记')
        .getByText(/已通过登记号 \d+（王芳，4 学时）。还有 1 条待审核。/)
        .waitFor();
      await cards('王芳', '学时已认定').last().waitFor();
      await tap('替我说');
      await isAt(6);
      await cards('赵敏', '逾期名单').last().waitFor();
      await tap('替我说');
      await isAt(7);
      await cards('赵敏', /干部教育培训情况通报/)
        .last()
        .waitFor();
      await tap('替我打开');
      const panel = page.getByRole('complementary', { name: '幕后' });
      await panel.getByText('赵敏').first().waitFor();
      await tour().getByText('走完了。').waitFor();
      await tap('收起');
      await tour().waitFor({ state: 'detached' });
      await page.reload();
      await windowOf('王芳').waitFor();
      expect(await tour().count()).toBe(0);
      const messages = await bot.history('p:E0001');
      expect(messages.filter(({ from }) => from !== null).map(({ text }) => text)).toEqual([
        '昨天下午在报告厅听了《专题党课》，半天，党性教育',
      ]);
    });

    it('goes on when visitors do it themselves, in their own words', async () => {
      await tap('开始');
      await say('王芳', '登记 2学时 理论教育 11月14日 《经济形势报告》');
      await isAt(2);
      await cards('王芳', '请核对登记内容').last().getByRole('button', { name: '确认' }).click();
      await isAt(3);
      await say('赵敏', '审核');
      await isAt(4);
      await cards('赵敏', '待审核的登记').last().getByRole('button', { name: '通过', exact: true }).last().click();
      await isAt(5);
    });

    it('goes on when what was logged is sent back, and when nobody is late', async () => {
      await tap('开始');
      await say('王芳', '登记 30学时 知识培训 11月12日 《消防讲座》');
      await tour().getByRole('alert').getByText('学时簿另有答复').waitFor();
      await isAt(1);
      await say('王芳', '学时 1');
      await isAt(2);
      await tap('替我按');
      await isAt(3);
      await tap('替我说');
      await isAt(4);
      await cards('赵敏', '待审核的登记').last().getByRole('button', { name: '退回', exact: true }).last().click();
      const form = cards('赵敏', '退回登记').last();
      await form.getByRole('textbox').fill('请补充证明材料');
      await form.getByRole('button', { name: '退回', exact: true }).click();
      await isAt(5);
      // A unit in which nobody is late is answered like a list without anybody.
      await say('赵敏', '逾期 工会');
      await isAt(6);
    });

    it('goes back a step when the card that it would press is gone', async () => {
      await tap('开始');
      await say('王芳', '登记 2学时 知识培训 11月15日 《公文写作》');
      await isAt(2);
      await cards('王芳', '请核对登记内容').last().getByRole('button', { name: '取消' }).click();
      await cards('王芳', '请核对登记内容').last().waitFor({ state: 'detached' });
      await tap('替我按');
      await tour().getByRole('alert').getByText('要按的卡片不在了').waitFor();
      await isAt(1);
    });

    it('is put aside and taken up again where it was, step by step skipped, and declined for good', async () => {
      for (const width of [1041, 1241]) {
        await page.setViewportSize({ width, height: 800 });
        expect(await page.evaluate('document.documentElement.scrollWidth - window.innerWidth')).toBeLessThanOrEqual(0);
      }
      await tap('不用了');
      await page.reload();
      await windowOf('王芳').waitFor();
      expect(await tour().count()).toBe(0);
      const begin = page.getByRole('button', { name: '带我看看' });
      await begin.click();
      await isAt(1);
      await say('王芳', '登记 1学时 知识培训 11月13日 《公文写作》');
      await isAt(2);
      await tap('收起引导');
      await tour().waitFor({ state: 'detached' });
      await begin.click();
      await isAt(2);
      // Nothing was logged, so that there is nothing to approve either.
      for (const step of [5, 6, 7]) {
        await tap('跳过这段');
        await isAt(step);
      }
      await tap('跳过这段');
      await tour().getByText('走完了。').waitFor();
      await tap('再走一遍');
      await isAt(1);
    });
  });

  it('covers nothing on a phone, shows the chat in which it acts, and begins anew with the sample', async () => {
    await visit(390, 844);
    await tap('开始');
    const log = windowOf('王芳').getByRole('log');
    const [bar, chat] = [await tour().boundingBox(), await log.boundingBox()];
    expect((bar?.y ?? 0) + (bar?.height ?? 0)).toBeLessThanOrEqual(chat?.y ?? 0);
    expect(chat?.height).toBeGreaterThan(400);
    await tap('替我说');
    await isAt(2);
    await tap('替我按');
    await isAt(3);
    await tap('替我说');
    await isAt(4);
    await windowOf('赵敏').getByText('王芳').first().waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth - window.innerWidth')).toBeLessThanOrEqual(0);
    await page.getByRole('button', { name: '重置' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '重置' }).click();
    await isAt(1);
    await tap('替我说');
    await isAt(2);
  });

  it('walks through a class, each step at one tap, some of them done by the visitor, over a reload', async () => {
    await visit(1440, 900);
    await tap('看培训班');
    const isAtStep = (step: number): Promise<void> => isAt(step, 10);
    await isAtStep(1);
    await tap('替我说');
    await isAtStep(2);
    await tap('替我按');
    await isAtStep(3);
    await cards('叶知远', '参训通知').waitFor();
    expect(await tour().getByRole('alert').count()).toBe(0);
    await tap('替我说');
    await isAtStep(4);
    await cards('赵敏', '请假审批').getByRole('button', { name: '准假', exact: true }).click();
    await isAtStep(5);
    await page.reload();
    await isAtStep(5);
    await tap('替我快进');
    await isAtStep(6);
    await cards('王芳', '已签到').waitFor();
    await tap('替我快进');
    await isAtStep(7);
    await cards('叶知远', '已签到（迟到）').waitFor();
    await tap('替我快进');
    await isAtStep(8);
    await cards('叶知远', '培训考勤').getByText('缺勤，缺 2 学时').waitFor();
    await tap('替我说');
    await isAtStep(9);
    await tap('替我说');
    await isAtStep(10);
    await cards('叶知远', '补训').getByText('补训已通过').waitFor();
    await tap('替我说');
    await tour().getByText('这个班走完了').waitFor();
    await windowOf('赵敏').getByText('培训情况报告.docx').waitFor();
    await tap('再看登记和审核');
    await isAt(1);
    // Without a class there is nothing to show of it.
    await tap('看培训班');
    await tap('跳过这段');
    await tour().getByText('这个班走完了').waitFor();
  });
});
